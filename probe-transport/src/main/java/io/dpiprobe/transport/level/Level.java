// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import java.util.Locale;

/** Ranks how far Core is behind, from best to worst. */
public enum Level {
    HEALTHY,
    WARNING,
    CRITICAL,
    OVERLOAD;

    private static final Level[] ALL = values();

    /** The name in logs and status. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The number in metrics, 0 (healthy) to 3; also the place in arrays. */
    @SuppressWarnings("EnumOrdinal") // here only: arrays are indexed through this
    public int number() {
        return ordinal();
    }

    boolean isWorseThan(Level other) {
        return number() > other.number();
    }

    /** One better; HEALTHY stays. */
    Level better() {
        return ALL[Math.max(0, number() - 1)];
    }

    static Level ofNumber(int number) {
        return ALL[number];
    }
}
