// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.snmp;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads a message of any version as far as it is in clear. */
final class SnmpMessage {
    static final int VERSION_1 = 0;
    static final int VERSION_2C = 1;
    static final int VERSION_3 = 3;

    private static final int ADDRESS = 0x40;
    private static final int IPV4_LENGTH = 4;

    /** As the wire has it: one less than the name for versions 1 and 2c. */
    int version;
    /** The tag of the message proper; 0 if it is encrypted. */
    int type;

    int genericTrap;
    final Slice community = new Slice();
    final Slice user = new Slice();
    final Slice trapObject = new Slice();
    final Slice trapAddress = new Slice();
    /** Pairs of names and values. */
    final Slice variables = new Slice();

    private final Slice security = new Slice();
    private final Cursor inside = new Cursor();

    Verdict read(Cursor in) {
        clear();
        int message = Der.enter(in, Der.SEQUENCE);
        version = Der.number(in, Der.INTEGER);
        if (version == VERSION_3) {
            readVersion3(in);
        } else {
            in.require(version == VERSION_1 || version == VERSION_2C);
            Der.slice(in, Der.OCTET_STRING, community);
            readPdu(in);
        }
        in.leave(message);
        return in.verdict();
    }

    private void clear() {
        type = 0;
        community.clear();
        user.clear();
        trapObject.clear();
        trapAddress.clear();
        variables.clear();
    }

    /** RFC 3412, 6: header, parameters of the security model, and a scoped message that may be encrypted. */
    private void readVersion3(Cursor in) {
        Der.skip(in);
        Der.slice(in, Der.OCTET_STRING, security);
        readUser();
        if (Der.peekTag(in) == Der.SEQUENCE) {
            int scoped = Der.enter(in, Der.SEQUENCE);
            Der.skip(in); // engine
            Der.skip(in); // context
            readPdu(in);
            in.leave(scoped);
        }
    }

    /** RFC 3414, 2.4. Other security models have no user of this kind. */
    private void readUser() {
        inside.wrap(security);
        Der.enter(inside, Der.SEQUENCE);
        Der.skip(inside); // engine
        Der.skip(inside); // its restarts
        Der.skip(inside); // its time
        Der.slice(inside, Der.OCTET_STRING, user);
        if (inside.failed()) {
            user.clear();
        }
    }

    private void readPdu(Cursor in) {
        int tag = in.peekU8(0);
        in.require(!PduType.name(tag).isEmpty());
        int pdu = Der.enter(in, tag);
        if (tag == PduType.TRAP_V1) {
            Der.slice(in, Der.OBJECT_IDENTIFIER, trapObject);
            Der.slice(in, ADDRESS, trapAddress);
            in.require(trapAddress.length() == IPV4_LENGTH || in.failed());
            genericTrap = Der.number(in, Der.INTEGER);
            Der.skip(in); // specific trap
            Der.skip(in); // time
        } else {
            Der.skip(in); // request
            Der.skip(in); // error, or repetitions that are not wanted
            Der.skip(in); // its index, or repetitions
        }
        Der.slice(in, Der.SEQUENCE, variables);
        in.leave(pdu);
        if (!in.failed()) {
            type = tag;
        }
    }
}
