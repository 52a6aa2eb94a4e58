// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the envelope of every message (RFC 4511, 4.1.1): its number, its operation, and where the content lies. */
final class Message {
    int id;
    int operation;
    final Slice content = new Slice();

    /** LDAPMessage ::= SEQUENCE of messageID, protocolOp, controls [0], which are passed over. */
    Verdict read(Cursor in) {
        int message = Der.enter(in, Der.SEQUENCE);
        id = Der.number(in, Der.INTEGER);
        operation = Der.slice(in, content);
        in.require(!Operation.name(operation).isEmpty());
        in.leave(message);
        return in.verdict();
    }

    /** The number that the content of an abandon request is. */
    static int id(Slice content) {
        int value = 0;
        for (int i = 0; i < Math.min(content.length(), Integer.BYTES); i++) {
            value = value << Byte.SIZE | content.u8(i);
        }
        return value;
    }
}
