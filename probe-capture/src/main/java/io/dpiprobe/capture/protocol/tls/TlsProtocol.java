// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes TLS: recognised by its first handshake record on any port. */
public final class TlsProtocol {
    public static final Protocol TLS =
            Protocol.tcp("tls", TlsProtocol::detect, TlsDissector::new, 443, 465, 636, 993, 995);

    private TlsProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        boolean client = from == Direction.TO_SERVER;
        if (client && TlsPeer.isVersion2Hello(in.peekU16(0), in.peekU8(2))) {
            in.skip(3);
            int version = in.u16();
            in.require(version == 2 || (version >> 8 == TlsVersion.MAJOR && (version & 0xff) <= 4));
            return in.verdict();
        }
        in.require(in.u8() == TlsRecord.HANDSHAKE);
        in.require(in.u8() == TlsVersion.MAJOR);
        in.require(in.u8() <= 4);
        in.require(TlsRecord.isPossible(in.u16()));
        int message = in.u8();
        in.require(client ? message == HandshakeSide.CLIENT_HELLO : message == HandshakeSide.SERVER_HELLO);
        return in.verdict();
    }
}
