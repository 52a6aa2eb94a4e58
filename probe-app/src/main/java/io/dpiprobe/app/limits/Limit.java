// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

/**
 * Describes one bound.
 *
 * @param name class and constant, or setting
 * @param place package of the constant below the project's own, or {@code settings}
 * @param value with its unit
 * @param of what is bounded
 * @param then what happens when it is reached
 * @param seen metric or field that shows it; empty if nothing does
 */
public record Limit(String name, String place, String value, String of, String then, String seen) {}
