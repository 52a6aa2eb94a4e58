// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.snmp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Describes SNMP: recognised on any port by the envelope of a message. */
public final class SnmpProtocol {
    public static final Protocol SNMP = Protocol.udp("snmp", SnmpProtocol::detect, SnmpDissector::new, 161, 162);

    private SnmpProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        Der.enter(in, Der.SEQUENCE);
        int version = Der.number(in, Der.INTEGER);
        if (version == SnmpMessage.VERSION_3) {
            Der.enter(in, Der.SEQUENCE);
            in.require(in.u8() == Der.INTEGER);
        } else {
            in.require(version == SnmpMessage.VERSION_1 || version == SnmpMessage.VERSION_2C);
            in.require(in.u8() == Der.OCTET_STRING);
            in.skip(in.u8());
            in.require(!PduType.name(in.u8()).isEmpty());
        }
        return in.verdict();
    }
}
