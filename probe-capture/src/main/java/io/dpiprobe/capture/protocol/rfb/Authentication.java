// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;

/** Keeps and writes how a client proved who it is (RFC 6143, 7.1.2 to 7.2.2). */
final class Authentication {
    static final int NONE = 1;
    static final int VNC = 2;

    private static final int UNKNOWN = -1;
    private static final int TOO_MANY = 2;
    private static final int KEY = 16;
    /** Longest reason read: it is a sentence. */
    @Bound(
            of = "the reason of a refusal",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    private static final int MAX_REASON = 1024;

    private final byte[] challenge = new byte[KEY];
    private final byte[] response = new byte[KEY];
    private final KeptBytes reason = new KeptBytes(MAX_REASON);
    private final Cursor kept = new Cursor();
    private final Slice text = new Slice();
    private int type;
    private long result;
    private boolean challenged;
    private boolean responded;

    void clear() {
        type = UNKNOWN;
        result = UNKNOWN;
        challenged = false;
        responded = false;
        reason.clear();
    }

    int type() {
        return type;
    }

    /** True if what was chosen is not followed. */
    boolean isUnknown() {
        return type != UNKNOWN && type != NONE && type != VNC;
    }

    void type(int chosen) {
        type = chosen;
    }

    boolean hasFailed() {
        return result > 0;
    }

    void readChallenge(Cursor in) {
        challenged = readKey(in, challenge);
    }

    void readResponse(Cursor in) {
        responded = readKey(in, response);
    }

    private boolean readKey(Cursor in, byte[] key) {
        in.slice(KEY, text);
        if (!in.failed()) {
            text.buffer().getBytes(text.offset(), key);
        }
        return !in.failed();
    }

    void readResult(Cursor in) {
        long read = in.u32();
        if (!in.failed()) {
            result = read;
        }
    }

    void readReason(Cursor in) {
        long length = in.u32();
        in.require(length <= MAX_REASON);
        in.slice((int) length, text);
        if (!in.failed()) {
            reason.set(text);
        }
    }

    void write(JsonWriter json) {
        json.beginObject("authentication");
        if (type != UNKNOWN) {
            json.number("security_type", type);
        }
        if (challenged) {
            json.beginObject("vnc");
            writeKey("challenge", challenge, json);
            if (responded) {
                writeKey("response", response, json);
            }
            json.endObject();
        }
        if (result != UNKNOWN) {
            json.ascii("security_result", result == 0 ? "OK" : result == TOO_MANY ? "TOOMANY" : "FAIL");
        }
        json.endObject();
        if (!reason.isEmpty()) {
            Cursor in = reason.read(kept);
            in.slice(in.remaining(), text);
            json.wire("server_security_failure_reason", text);
        }
    }

    private static void writeKey(String field, byte[] key, JsonWriter json) {
        json.beginText(field);
        for (byte each : key) {
            json.appendHex(each);
        }
        json.endText();
    }
}
