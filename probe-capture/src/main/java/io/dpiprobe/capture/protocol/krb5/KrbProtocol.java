// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Describes Kerberos: recognised on any port by its application tag, version and message type, which must agree. */
public final class KrbProtocol {
    public static final Protocol UDP = Protocol.udp("krb5", KrbProtocol::detectDatagram, KrbDissector::new, 88);
    public static final Protocol TCP = Protocol.tcp("krb5", KrbProtocol::detectRecord, KrbDissector::new, 88);

    /** Longer records are not how a conversation begins: tickets with large authorisation data take half of it. */
    private static final int MAX_FIRST_RECORD = 128 * 1024;

    private KrbProtocol() {}

    private static Verdict detectRecord(Direction from, Cursor in) {
        int length = in.i32();
        in.require(length > 0 && length <= MAX_FIRST_RECORD);
        return detectDatagram(from, in);
    }

    /** The head alone, so that a message of many segments is recognised by its first. */
    private static Verdict detectDatagram(Direction from, Cursor in) {
        int type = MessageType.ofTag(in.u8());
        in.require(type >= 0);
        Der.skipLength(in);
        in.require(in.u8() == Der.SEQUENCE);
        Der.skipLength(in);
        int first = type == MessageType.AS_REQ || type == MessageType.TGS_REQ ? 1 : 0;
        in.require(in.u8() == Der.CONTEXT_0 + first);
        Der.skipLength(in);
        in.require(Der.number(in, Der.INTEGER) == Message.VERSION);
        in.require(in.u8() == Der.CONTEXT_0 + first + 1);
        Der.skipLength(in);
        in.require(Der.number(in, Der.INTEGER) == type);
        return in.verdict();
    }
}
