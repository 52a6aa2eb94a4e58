// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

/** Turns Windows' times, in units of 100 ns since 1601 ([MS-DTYP], 2.3.3), into seconds since 1970. */
final class FileTime {
    private static final long EPOCH_TICKS = 116_444_736_000_000_000L;
    private static final long TICKS_PER_SECOND = 10_000_000;

    private FileTime() {}

    /** Zero for times before 1970: they are not set. */
    static long seconds(long ticks) {
        return ticks < EPOCH_TICKS ? 0 : (ticks - EPOCH_TICKS) / TICKS_PER_SECOND;
    }
}
