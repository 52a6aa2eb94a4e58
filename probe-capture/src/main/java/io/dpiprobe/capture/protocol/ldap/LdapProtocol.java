// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Describes LDAP: recognised on any port by the envelope of a message and how its operation begins. */
public final class LdapProtocol {
    public static final Protocol UDP = Protocol.udp("ldap", LdapProtocol::detect, LdapDissector::new, 389);
    public static final Protocol TCP = Protocol.tcp("ldap", LdapProtocol::detect, LdapDissector::new, 389, 3268);

    private LdapProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(in.u8() == Der.SEQUENCE);
        Der.skipLength(in);
        in.require(Der.number(in, Der.INTEGER) >= 0);
        int operation = in.u8();
        in.require(!Operation.name(operation).isEmpty());
        in.require(Operation.isRequest(operation) == (from == Direction.TO_SERVER));
        Der.skipLength(in);
        int first = Operation.firstTag(operation);
        in.require(first == 0 || in.u8() == first);
        return in.verdict();
    }
}
