// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tftp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Describes TFTP: requests go to the server's own port, the file comes from another that the request has announced
 * (RFC 1350, 4).
 */
public final class TftpProtocol {
    public static final Protocol TFTP =
            Protocol.udp("tftp", TftpProtocol::detect, TftpDissector::new, 69).onOwnPorts();

    private TftpProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        int opcode = in.u16();
        in.require(from == Direction.TO_SERVER);
        in.require(opcode == TftpDissector.READ_REQUEST || opcode == TftpDissector.WRITE_REQUEST);
        in.require(in.indexOf((byte) 0, in.remaining()) > 0);
        return in.verdict();
    }
}
