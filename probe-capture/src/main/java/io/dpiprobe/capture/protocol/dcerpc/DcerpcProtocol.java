// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes DCE/RPC over TCP and UDP: a common header that makes sense, on any port. */
public final class DcerpcProtocol {
    public static final Protocol DCERPC = Protocol.tcp("dcerpc", DcerpcProtocol::detect, DcerpcDissector::new, 135);
    public static final Protocol DATAGRAMS =
            Protocol.udp("dcerpc", DcerpcProtocol::detectDatagram, DatagramDissector::new, 135);

    private static final int HIGHEST_TYPE = 20;
    /** What may follow the body of a datagram: a verifier of one of the authentication protocols. */
    private static final int MAX_VERIFIER_BYTES = 64;

    private DcerpcProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(in.u8() == 5);
        in.require(in.u8() <= 1);
        in.require(in.u8() <= HIGHEST_TYPE);
        in.skip(1);
        int integers = in.u8();
        in.require(integers == 0x10 || integers == 0x00); // ASCII, and one of two byte orders
        in.require(in.u8() <= 3); // floating point
        in.require(in.u16() == 0);
        int fragLength = integers == 0 ? in.u16() : in.u16le();
        int authLength = integers == 0 ? in.u16() : in.u16le();
        in.require(fragLength >= Pdu.HEADER_BYTES && authLength < fragLength);
        in.skip(4);
        return in.verdict();
    }

    /** The header of a datagram: what is fixed in it, and a length that agrees. */
    private static Verdict detectDatagram(Direction from, Cursor in) {
        in.require(in.u8() == DatagramPdu.VERSION && in.u8() <= DatagramPdu.HIGHEST_TYPE);
        in.require((in.u8() & DatagramPdu.RESERVED_1) == 0 && (in.u8() & DatagramPdu.RESERVED_2) == 0);
        int integers = in.u8();
        in.require(integers == DatagramPdu.LITTLE_ENDIAN || integers == 0);
        in.require(in.u8() <= DatagramPdu.HIGHEST_FLOATING_POINT && in.u8() == 0);
        in.skip(DatagramPdu.BODY_LENGTH_AT - in.consumed());
        int bodyBytes = integers == 0 ? in.u16() : in.u16le();
        in.skip(DatagramPdu.HEADER_BYTES - in.consumed());
        in.require(bodyBytes <= in.remaining() && bodyBytes + MAX_VERIFIER_BYTES >= in.remaining());
        return in.verdict();
    }
}
