// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads one message of Kerberos (RFC 4120, 5.4 to 5.9): who asks for what, and how the answer is encrypted. */
final class Message {
    /** The only version (RFC 4120, 5.4.1). */
    static final int VERSION = 5;

    private static final int TICKET = 0x61;
    private static final int GENERAL_STRING = 0x1b;
    /** Tag of a field [0]; the others follow. */
    static final int FIELD = 0xa0;

    int type;
    int encryption;
    int ticketEncryption;
    int errorCode;
    final PrincipalName client = new PrincipalName();
    final PrincipalName service = new PrincipalName();
    final KdcRequest request = new KdcRequest();
    final Slice realm = new Slice();

    /** Reads the message that fills what is left of the cursor. */
    Verdict read(Cursor in) {
        clear();
        type = MessageType.ofTag(in.peekU8(0));
        in.require(type >= 0);
        int message = Der.enter(in, in.peekU8(0));
        int sequence = Der.enter(in, Der.SEQUENCE);
        switch (type) {
            case MessageType.AS_REQ, MessageType.TGS_REQ -> readRequest(in);
            case MessageType.AS_REP, MessageType.TGS_REP -> readReply(in);
            case MessageType.ERROR -> readError(in);
            default -> readHead(in, 0);
        }
        in.leave(sequence);
        in.leave(message);
        return in.verdict();
    }

    private void clear() {
        request.clear();
        client.clear();
        service.clear();
        realm.clear();
        encryption = 0;
        ticketEncryption = 0;
        errorCode = 0;
    }

    /** pvno and msg-type: fields [0] and [1], in requests to the KDC [1] and [2]. */
    private void readHead(Cursor in, int first) {
        in.require(numberField(in, first) == VERSION);
        in.require(numberField(in, first + 1) == type);
    }

    /** KDC-REQ: padata [3] OPTIONAL, req-body [4]. */
    private void readRequest(Cursor in) {
        readHead(in, 1);
        if (Der.peekTag(in) == FIELD + 3) {
            int proof = Der.enter(in, FIELD + 3);
            request.readProof(in);
            in.leave(proof);
        }
        int field = Der.enter(in, FIELD + 4);
        int body = Der.enter(in, Der.SEQUENCE);
        int options = Der.enter(in, FIELD);
        request.readOptions(in);
        in.leave(options);
        readName(in, 1, client);
        readRealm(in, 2);
        readName(in, 3, service);
        request.readRest(in);
        in.leave(body);
        in.leave(field);
    }

    /** KDC-REP: padata [2] OPTIONAL, crealm [3], cname [4], ticket [5], enc-part [6]. */
    private void readReply(Cursor in) {
        readHead(in, 0);
        skipOptional(in, 2);
        readRealm(in, 3);
        readName(in, 4, client);
        int field = Der.enter(in, FIELD + 5);
        readTicket(in);
        in.leave(field);
        encryption = readEncryption(in, 6);
    }

    /** Ticket: tkt-vno [0], realm [1], sname [2], enc-part [3]. */
    private void readTicket(Cursor in) {
        int ticket = Der.enter(in, TICKET);
        int sequence = Der.enter(in, Der.SEQUENCE);
        in.require(numberField(in, 0) == VERSION);
        skipOptional(in, 1);
        readName(in, 2, service);
        ticketEncryption = readEncryption(in, 3);
        in.leave(sequence);
        in.leave(ticket);
    }

    /** EncryptedData: etype [0], and then what nobody here can read. */
    private static int readEncryption(Cursor in, int number) {
        int field = Der.enter(in, FIELD + number);
        int sequence = Der.enter(in, Der.SEQUENCE);
        int type = numberField(in, 0);
        in.leave(sequence);
        in.leave(field);
        return type;
    }

    /** KRB-ERROR: times [2] to [5], error-code [6], crealm [7], cname [8], realm [9], sname [10]. */
    private void readError(Cursor in) {
        readHead(in, 0);
        for (int time = 2; time <= 5; time++) {
            skipOptional(in, time);
        }
        errorCode = numberField(in, 6);
        readRealm(in, 7);
        readName(in, 8, client);
        skipOptional(in, 9);
        readName(in, 10, service);
    }

    private static int numberField(Cursor in, int number) {
        int field = Der.enter(in, FIELD + number);
        int value = Der.number(in, Der.INTEGER);
        in.leave(field);
        return value;
    }

    private void readRealm(Cursor in, int number) {
        if (Der.peekTag(in) == FIELD + number) {
            int field = Der.enter(in, FIELD + number);
            Der.slice(in, GENERAL_STRING, realm);
            in.leave(field);
        }
    }

    private static void readName(Cursor in, int number, PrincipalName into) {
        if (Der.peekTag(in) == FIELD + number) {
            int field = Der.enter(in, FIELD + number);
            into.read(in);
            in.leave(field);
        }
    }

    static void skipOptional(Cursor in, int number) {
        if (Der.peekTag(in) == FIELD + number) {
            Der.skip(in);
        }
    }
}
