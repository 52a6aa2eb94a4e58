// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

/** Chooses how fast a capture file is read. */
public enum CaptureSpeed {
    /** At the pace of its timestamps. */
    REAL,
    /** As fast as possible. */
    MAX;

    /** {@code 1x} or {@code max}. */
    static CaptureSpeed parse(String text) {
        return switch (text) {
            case "1x" -> REAL;
            case "max" -> MAX;
            default -> throw new IllegalArgumentException("must be 1x or max");
        };
    }
}
