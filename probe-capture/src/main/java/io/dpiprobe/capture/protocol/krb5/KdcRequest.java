// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Keeps what a client asks of the KDC beside names (RFC 4120, 5.4.1): flags, lifetimes, encryption, and its proof. */
final class KdcRequest {
    /** Encryption types kept: about ten are registered for use. */
    @Bound(of = "encryption types of a request", then = "further ones are left out")
    private static final int MAX_TYPES = 16;
    /** PA-TGS-REQ, PA-ENC-TIMESTAMP, PA-PK-AS-REQ (old and new), PA-ENCRYPTED-CHALLENGE. */
    private static final int PA_TGS_REQ = 1;

    private static final int PA_ENC_TIMESTAMP = 2;
    private static final int PA_PK_AS_REQ_OLD = 14;
    private static final int PA_PK_AS_REQ = 16;
    private static final int PA_ENCRYPTED_CHALLENGE = 138;
    private static final int BIT_STRING = 0x03;
    private static final int GENERALIZED_TIME = 0x18;
    /** KDCOptions by bit; the others are reserved or not in use. */
    private static final String[] OPTIONS = {
        "",
        "forwardable",
        "forwarded",
        "proxiable",
        "proxy",
        "allow-postdate",
        "postdated",
        "",
        "renewable",
        "",
        "",
        "",
        "",
        "",
        "constrained-delegation",
        "canonicalize",
        "request-anonymous",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "disable-transited-check",
        "renewable-ok",
        "enc-tkt-in-skey",
        "",
        "renew",
        "validate"
    };

    private final int[] types = new int[MAX_TYPES];
    private final Slice till = new Slice();
    private final Slice renewTill = new Slice();
    private final Slice bits = new Slice();
    private final Slice value = new Slice();
    private int typeCount;
    private boolean preauthenticated;

    void clear() {
        typeCount = 0;
        preauthenticated = false;
        till.clear();
        renewTill.clear();
        bits.clear();
    }

    /** padata: SEQUENCE OF PA-DATA, whose type is [1]. */
    void readProof(Cursor in) {
        int list = Der.enter(in, Der.SEQUENCE);
        while (in.hasRemaining()) {
            int item = Der.enter(in, Der.SEQUENCE);
            int field = Der.enter(in, Message.FIELD + 1);
            int type = Der.number(in, Der.INTEGER);
            in.leave(field);
            in.leave(item);
            preauthenticated |= switch (type) {
                case PA_TGS_REQ, PA_ENC_TIMESTAMP, PA_PK_AS_REQ_OLD, PA_PK_AS_REQ, PA_ENCRYPTED_CHALLENGE ->
                    !in.failed();
                default -> false;
            };
        }
        in.leave(list);
    }

    /** kdc-options [0]: a bit string, whose first byte counts unused bits. */
    void readOptions(Cursor in) {
        Der.slice(in, BIT_STRING, bits);
    }

    /** from [4], till [5], rtime [6], nonce [7], etype [8]. */
    void readRest(Cursor in) {
        Message.skipOptional(in, 4);
        time(in, 5, till);
        time(in, 6, renewTill);
        Message.skipOptional(in, 7);
        if (Der.peekTag(in) == Message.FIELD + 8) {
            int field = Der.enter(in, Message.FIELD + 8);
            int list = Der.enter(in, Der.SEQUENCE);
            while (in.hasRemaining() && typeCount < MAX_TYPES) {
                types[typeCount] = Der.number(in, Der.INTEGER);
                typeCount += in.failed() ? 0 : 1;
            }
            in.leave(list);
            in.leave(field);
        }
    }

    /** Writes what EVE has no place for. */
    void write(JsonWriter probe) {
        probe.beginObject("krb5").bool("preauthenticated", preauthenticated).beginArray("options");
        for (int bit = 0; bit < OPTIONS.length; bit++) {
            if (!OPTIONS[bit].isEmpty() && isSet(bit)) {
                probe.asciiItem(OPTIONS[bit]);
            }
        }
        probe.endArray();
        writeTime(probe, "till", till);
        writeTime(probe, "renew_till", renewTill);
        boolean weakOnly = typeCount > 0;
        probe.beginArray("encryption");
        for (int i = 0; i < typeCount; i++) {
            String name = EncryptionType.name(types[i]);
            weakOnly &= EncryptionType.isWeak(types[i]);
            if (name.isEmpty()) {
                probe.beginTextItem().appendNumber(types[i]).endText();
            } else {
                probe.asciiItem(name);
            }
        }
        probe.endArray().bool("weak_encryption_only", weakOnly).endObject();
    }

    private boolean isSet(int bit) {
        int at = 1 + bit / 8;
        return at < bits.length() && (bits.u8(at) & 0x80 >> bit % 8) != 0;
    }

    private static void writeTime(JsonWriter probe, String name, Slice time) {
        if (!time.isEmpty()) {
            probe.wire(name, time);
        }
    }

    private void time(Cursor in, int number, Slice into) {
        if (Der.peekTag(in) == Message.FIELD + number) {
            int field = Der.enter(in, Message.FIELD + number);
            Der.slice(in, GENERALIZED_TIME, value);
            into.wrap(value.buffer(), value.offset(), value.length());
            in.leave(field);
        }
    }
}
