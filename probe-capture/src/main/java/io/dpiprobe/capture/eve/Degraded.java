// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

/** Names, as bits, what makes an event less than complete. */
public final class Degraded {
    /** The beginning of the connection was not captured. */
    public static final int MIDSTREAM = 1;
    /** Bytes of the stream were lost. */
    public static final int GAP = 2;

    private Degraded() {}
}
