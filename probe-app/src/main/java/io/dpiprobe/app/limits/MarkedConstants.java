// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import io.dpiprobe.buffer.Bound;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the constants that are marked as bounds. */
final class MarkedConstants {
    private static final String ROOT = "io.dpiprobe.";

    private MarkedConstants() {}

    /** The bounds among the constants of some classes, in the order of the classes. */
    static List<Limit> of(List<String> classNames) {
        List<Limit> found = new ArrayList<>();
        try {
            for (String name : classNames) {
                Class<?> type = Class.forName(name, false, MarkedConstants.class.getClassLoader());
                for (Field field : type.getDeclaredFields()) {
                    Bound bound = field.getAnnotation(Bound.class);
                    if (bound != null) {
                        found.add(limit(type, field, bound));
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A class of the probe's own cannot be read", e);
        }
        return found;
    }

    private static Limit limit(Class<?> type, Field field, Bound bound) throws IllegalAccessException {
        field.setAccessible(true);
        String name = type.getSimpleName() + "." + field.getName();
        String place = type.getPackageName().substring(ROOT.length());
        return new Limit(name, place, value(field.get(null), bound.unit()), bound.of(), bound.then(), bound.seen());
    }

    private static String value(Object value, Bound.Unit unit) {
        if (value instanceof Duration duration) {
            return Amounts.time(duration.toNanos());
        }
        long number = ((Number) value).longValue();
        return switch (unit) {
            case ITEMS -> Amounts.count(number);
            case BYTES -> Amounts.bytes(number);
            case NANOSECONDS -> Amounts.time(number);
        };
    }
}
