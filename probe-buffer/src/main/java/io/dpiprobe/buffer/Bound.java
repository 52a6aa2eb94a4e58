// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a constant as a bound on what somebody else can make the probe keep or do. {@code dpi-probe limits} prints its
 * value from here, and the build fails until a test is tagged to reach it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Bound {
    /** What there is no more of, in words that follow a number. */
    String of();

    /** What the probe does when it is reached. */
    String then();

    /** The metric or the field of an event that shows it; empty if nothing does. */
    String seen() default "";

    Unit unit() default Unit.ITEMS;

    /** Says what a number counts. */
    enum Unit {
        ITEMS,
        BYTES,
        NANOSECONDS
    }
}
