// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.nio.ByteOrder;

/**
 * Reads those options of a pcapng interface that change the meaning of its packets.
 *
 * <pre>
 *   0 code | 2 length | 4 value ... padding to 4 bytes
 * </pre>
 */
final class InterfaceOptions {
    private static final int END = 0;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;
    private static final int HEADER = 4;
    private static final int MICROSECONDS = 6;

    private int resolution = MICROSECONDS;
    private long offsetSeconds;

    /** False if an option does not fit before the end. */
    boolean read(FileWindow window, ByteOrder order, int start, int end) {
        int at = start;
        while (end - at >= HEADER) {
            int code = window.u16(at, order);
            int length = window.u16(at + 2, order);
            if (code == END) {
                return true;
            }
            if (length > end - at - HEADER) {
                return false;
            }
            if (code == IF_TSRESOL && length >= 1) {
                resolution = window.u8(at + HEADER);
            } else if (code == IF_TSOFFSET && length >= Long.BYTES) {
                offsetSeconds = window.i64(at + HEADER, order);
            }
            at += HEADER + (length + 3 & ~3);
        }
        return true;
    }

    TimestampUnit timestampUnit() {
        return TimestampUnit.of(resolution, offsetSeconds);
    }
}
