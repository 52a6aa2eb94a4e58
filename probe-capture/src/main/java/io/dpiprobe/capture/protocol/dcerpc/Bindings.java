// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;

/** Keeps the presentation contexts that the last bind or alter_context offered, and what became of them. */
public final class Bindings {
    /** Contexts kept: clients offer up to about thirty (one for each interface and transfer syntax). */
    @Bound(of = "contexts of a connection", then = "further ones are not kept")
    static final int MAX_CONTEXTS = 64;

    private static final int UNANSWERED = -1;
    static final int TRANSFER_SYNTAX_BYTES = 20;

    private final int[] contextIds = new int[MAX_CONTEXTS];
    private final long[] uuidHigh = new long[MAX_CONTEXTS];
    private final long[] uuidLow = new long[MAX_CONTEXTS];
    private final int[] major = new int[MAX_CONTEXTS];
    private final int[] minor = new int[MAX_CONTEXTS];
    private final int[] results = new int[MAX_CONTEXTS];
    private final int[] reasons = new int[MAX_CONTEXTS];
    private int count;

    /** Whether {@code ack_reason} is shown, as it is over SMB. */
    public enum Reasons {
        SHOWN,
        HIDDEN
    }

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Reads what was offered (C706, 12.6.4.3), behind the common header; a cut list ends early. */
    void readOffer(Pdu pdu, Cursor in) {
        count = 0;
        in.skip(8); // max_xmit_frag, max_recv_frag, assoc_group_id
        int offered = in.u8();
        in.skip(3);
        for (int i = 0; i < offered && count < MAX_CONTEXTS && !in.failed(); i++) {
            contextIds[count] = pdu.u16(in);
            int syntaxes = in.u8();
            in.skip(1);
            uuidHigh[count] = pdu.uuidHalf(in, true);
            uuidLow[count] = pdu.uuidHalf(in, false);
            major[count] = pdu.u16(in);
            minor[count] = pdu.u16(in);
            results[count] = UNANSWERED;
            in.skip(TRANSFER_SYNTAX_BYTES * syntaxes);
            count += in.failed() ? 0 : 1;
        }
    }

    /** Reads the answers, in the order of the offers (C706, 12.6.4.4), behind the common header. */
    void readAnswer(Pdu pdu, Cursor in) {
        int start = in.consumed();
        in.skip(8);
        in.skip(pdu.u16(in)); // secondary address
        in.skip(-(in.consumed() - start) & 3);
        int answered = in.u8();
        in.skip(3);
        for (int i = 0; i < Math.min(answered, count) && !in.failed(); i++) {
            int result = pdu.u16(in);
            int reason = pdu.u16(in);
            in.skip(TRANSFER_SYNTAX_BYTES);
            if (!in.failed()) {
                results[i] = result;
                reasons[i] = reason;
            }
        }
    }

    /** Writes all that was offered. */
    void write(JsonWriter json, Reasons shown) {
        if (count == 0) {
            return;
        }
        json.beginArray("interfaces");
        for (int i = 0; i < count; i++) {
            begin(json, i);
            if (results[i] != UNANSWERED) {
                json.number("ack_result", results[i]);
                if (shown == Reasons.SHOWN) {
                    json.number("ack_reason", reasons[i]);
                }
            }
            json.endObject();
        }
        json.endArray();
    }

    /** Writes the interface that a call is made to, if it was answered; with its result in events of our own. */
    void writeContext(JsonWriter json, int contextId, Reasons shown) {
        int mark = json.mark();
        json.beginArray("interfaces");
        int empty = json.mark();
        for (int i = 0; i < count; i++) {
            if (contextIds[i] == contextId && results[i] != UNANSWERED) {
                begin(json, i);
                if (shown == Reasons.HIDDEN) {
                    json.number("ack_result", results[i]);
                }
                json.endObject();
            }
        }
        if (json.mark() == empty) {
            json.rewind(mark);
        } else {
            json.endArray();
        }
    }

    private void begin(JsonWriter json, int i) {
        json.beginObject().beginText("uuid");
        Uuid.append(json, uuidHigh[i], uuidLow[i]);
        json.endText().beginText("version");
        json.appendNumber(major[i]).append('.').appendNumber(minor[i]).endText();
    }
}
