// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** Calls the C library by direct mapping, for what neither Java nor libpcap offers. */
final class LibC {
    static final short POLLIN = 1;
    static final int SOL_PACKET = 263;
    static final int PACKET_FANOUT = 18;
    /** Fragments of IPv4 are put together before the packet is given to one of the workers. */
    static final int PACKET_FANOUT_FLAG_DEFRAG = 0x8000;

    static {
        Native.register(LibC.class, NativeLibrary.getInstance("c"));
    }

    private LibC() {}

    static native int poll(long descriptors, long count, int timeoutMs);

    static native int setsockopt(int socket, int level, int option, long value, int length);
}
