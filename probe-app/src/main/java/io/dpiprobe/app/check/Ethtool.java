// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/**
 * Asks the driver of an interface how it is set (linux/ethtool.h).
 *
 * <pre>
 *   struct ifreq:              0 name | 16 address of one of the following
 *   struct ethtool_value:      0 command | 4 value
 *   struct ethtool_ringparam:  0 command | 4 largest receive ring | 20 receive ring
 * </pre>
 */
final class Ethtool {
    private static final int SIOCETHTOOL = 0x8946;
    private static final int GET_RING = 0x10;
    private static final int GET_FLAGS = 0x25;
    private static final int GET_GRO = 0x2b;
    private static final int FLAG_LRO = 1 << 15;
    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final int RING_BYTES = 36;
    private static final int RING_MOST = 4;
    private static final int RING_NOW = 20;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    /** What the driver does not tell. */
    static final int UNKNOWN = -1;

    private Ethtool() {}

    /**
     * How an interface is set; {@link #UNKNOWN} where its driver does not tell.
     *
     * @param gro 1 if the kernel joins packets before they are captured
     * @param lro 1 if the card does
     * @param ring packets that the card can hold
     * @param ringMost packets that it could hold
     */
    record State(int gro, int lro, int ring, int ringMost) {
        static final State NONE = new State(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    static State read(String name) {
        int socket;
        try {
            socket = LibC.socket(AF_INET, SOCK_DGRAM, 0);
        } catch (LastErrorException e) {
            return State.NONE;
        }
        try (Memory data = new Memory(RING_BYTES)) {
            int gro = ask(socket, name, GET_GRO, data) ? data.getInt(Integer.BYTES) & 1 : UNKNOWN;
            int flags = ask(socket, name, GET_FLAGS, data) ? data.getInt(Integer.BYTES) : UNKNOWN;
            int lro = flags == UNKNOWN ? UNKNOWN : (flags & FLAG_LRO) == 0 ? 0 : 1;
            boolean tellsRing = ask(socket, name, GET_RING, data);
            return new State(
                    gro,
                    lro,
                    tellsRing ? data.getInt(RING_NOW) : UNKNOWN,
                    tellsRing ? data.getInt(RING_MOST) : UNKNOWN);
        } finally {
            LibC.close(socket);
        }
    }

    private static boolean ask(int socket, String name, int command, Memory data) {
        byte[] device = name.getBytes(StandardCharsets.US_ASCII);
        if (device.length >= NAME_BYTES) {
            return false;
        }
        data.clear();
        data.setInt(0, command);
        try (Memory request = new Memory(REQUEST_BYTES)) {
            request.clear();
            request.write(0, device, 0, device.length);
            request.setPointer(NAME_BYTES, data);
            LibC.ioctl(socket, SIOCETHTOOL, request);
            return true;
        } catch (LastErrorException e) {
            return false; // not for this driver, or not for this user
        }
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native int ioctl(int descriptor, long request, Pointer argument) throws LastErrorException;

        static native int close(int descriptor);
    }
}
