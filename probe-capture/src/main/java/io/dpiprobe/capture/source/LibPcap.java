// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Calls libpcap by direct mapping: pointers are {@code long}, so that a call allocates nothing.
 *
 * <p>{@link #require()} comes before any other call.
 */
final class LibPcap {
    static final int ERROR_TEXT_BYTES = 256;
    static final int NETMASK_UNKNOWN = -1;

    private static final List<String> NAMES = List.of("pcap", "libpcap.so.0.8", "libpcap.so.1");
    private static final @Nullable String PROBLEM = register();

    private LibPcap() {}

    static boolean isAvailable() {
        return PROBLEM == null;
    }

    static void require() throws LibPcapMissingException {
        if (PROBLEM != null) {
            throw new LibPcapMissingException(PROBLEM);
        }
    }

    /** Memory outside the heap, all zero, that lives as long as the buffer is reachable. */
    static UnsafeBuffer memory(int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    /** The text up to the terminating zero. */
    static String text(UnsafeBuffer memory) {
        int length = 0;
        while (length < memory.capacity() && memory.getByte(length) != 0) {
            length++;
        }
        return memory.getStringWithoutLengthUtf8(0, length);
    }

    private static @Nullable String register() {
        if (Native.POINTER_SIZE != Long.BYTES) {
            return "only 64-bit hosts can capture";
        }
        boolean found = NAMES.stream().anyMatch(LibPcap::canRegister);
        return found ? null : "none of " + String.join(", ", NAMES) + " can be loaded";
    }

    private static boolean canRegister(String name) {
        try {
            Native.register(LibPcap.class, NativeLibrary.getInstance(name));
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    static native long pcap_create(String device, long errorText);

    static native int pcap_set_snaplen(long handle, int bytes);

    static native int pcap_set_promisc(long handle, int on);

    static native int pcap_set_timeout(long handle, int ms);

    static native int pcap_set_buffer_size(long handle, int bytes);

    static native int pcap_set_tstamp_precision(long handle, int precision);

    static native int pcap_get_tstamp_precision(long handle);

    static native int pcap_activate(long handle);

    static native int pcap_setnonblock(long handle, int on, long errorText);

    static native int pcap_datalink(long handle);

    static native int pcap_get_selectable_fd(long handle);

    static native int pcap_next_ex(long handle, long headerPointer, long dataPointer);

    static native int pcap_stats(long handle, long stats);

    static native String pcap_geterr(long handle);

    static native String pcap_statustostr(int status);

    static native void pcap_close(long handle);

    static native long pcap_open_dead(int linkType, int snapLength);

    static native int pcap_compile(long handle, long program, String expression, int optimize, int netmask);

    static native int pcap_setfilter(long handle, long program);

    static native int pcap_offline_filter(long program, long header, long data);

    static native void pcap_freecode(long program);
}
