// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes DTLS: recognised by its first handshake record on any port. */
public final class DtlsProtocol {
    public static final Protocol DTLS = Protocol.udp("dtls", DtlsProtocol::detect, DtlsDissector::new, 4433);

    private static final int HELLO_VERIFY_REQUEST = 3;
    private static final int FRAGMENT_HEADER = 12;

    private DtlsProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(in.u8() == TlsRecord.HANDSHAKE);
        in.require(in.u8() == DtlsPeer.MAJOR);
        in.require(in.u8() >= 0xfd);
        in.require(in.u16() == 0); // epoch
        in.skip(6); // sequence_number
        in.require(in.u16() > FRAGMENT_HEADER);
        int message = in.u8();
        in.require(
                from == Direction.TO_SERVER
                        ? message == HandshakeSide.CLIENT_HELLO
                        : message == HandshakeSide.SERVER_HELLO || message == HELLO_VERIFY_REQUEST);
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }
}
