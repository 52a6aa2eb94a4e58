// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads a protocol tower (C706, appendix L): an interface, and floor by floor how it is reached. */
final class Tower {
    /** Interface, transfer syntax, RPC, transport, network; a sixth for what is none of this. */
    private static final int MAX_FLOORS = 6;

    private static final int UUID = 0x0d;
    private static final int TCP = 0x07;
    private static final int UDP = 0x08;
    private static final int IP = 0x09;

    long uuidHigh;
    long uuidLow;
    int transport;
    int port;
    int address;

    /** Reads what is left of the cursor; true if it leads to a port. */
    boolean read(Cursor in) {
        port = 0;
        address = 0;
        int floors = in.u16le();
        in.require(floors <= MAX_FLOORS);
        for (int floor = 0; floor < floors && !in.failed(); floor++) {
            int left = in.enter(in.u16le());
            int protocol = in.u8();
            if (protocol == UUID && floor == 0) {
                uuidHigh = in.u32le() << 32 | (long) in.u16le() << 16 | in.u16le();
                uuidLow = in.u64();
            }
            in.leave(left);
            int right = in.enter(in.u16le());
            switch (protocol) {
                case TCP, UDP -> {
                    transport = protocol == UDP ? IpProtocol.UDP : IpProtocol.TCP;
                    port = in.u16();
                }
                case IP -> address = in.i32();
                default -> {}
            }
            in.leave(right);
        }
        return !in.failed() && port != 0;
    }
}
