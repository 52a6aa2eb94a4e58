// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes the NetBIOS datagram service: looked for on its port, where both sides send from. */
public final class DatagramServiceProtocol {
    public static final Protocol NBDGM = Protocol.udp(
                    "nbdgm", DatagramServiceProtocol::detect, DatagramServiceDissector::new, 138)
            .onOwnPorts();

    private DatagramServiceProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        DatagramType type = DatagramType.of(in.u8());
        in.require(type != DatagramType.UNKNOWN);
        in.require(in.u8() <= 0xf); // flags
        in.skip(8); // number, sender
        in.require(in.hasRemaining());
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }
}
