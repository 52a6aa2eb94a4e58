// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps one request and what was answered to it so far. */
final class Exchange {
    /** A server sends some twenty short messages after a log-in, and few longer ones later; more are left out. */
    @Bound(of = "messages of a response", then = "further ones are left out", unit = Bound.Unit.BYTES)
    static final int MAX_RESPONSE_BYTES = 32 * 1024;
    /** Before each kept message: type and length in two bytes. */
    private static final int HEAD = 3;

    /** Content of the request, from its first field on. */
    final KeptBytes content = new KeptBytes(JsonWriter.MAX_STRING_BYTES + 1);

    Request request = Request.NONE;
    /** Number of the transaction, from 1. */
    long number;
    /** Rows of a result and bytes in their fields. */
    long rows;

    long rowBytes;
    /** Messages with data that is copied, in either direction, and bytes in them. */
    long copies;

    long copyBytes;
    boolean copyDone;
    boolean sslAccepted;

    private final KeptBytes responses = new KeptBytes(MAX_RESPONSE_BYTES);
    private final Slice current = new Slice();
    private final UnsafeBuffer head = new UnsafeBuffer(new byte[HEAD]);

    void begin(Request request, Slice content, long number) {
        clear();
        this.request = request;
        this.number = number;
        this.content.set(content);
    }

    void clear() {
        request = Request.NONE;
        content.clear();
        responses.clear();
        rows = 0;
        rowBytes = 0;
        copies = 0;
        copyBytes = 0;
        copyDone = false;
        sslAccepted = false;
    }

    boolean isOpen() {
        return request != Request.NONE;
    }

    /** Keeps a message of the server, if there is room. */
    void keep(int type, Slice body) {
        if (responses.length() + HEAD + body.length() <= MAX_RESPONSE_BYTES) {
            head.putByte(0, (byte) type);
            head.putByte(1, (byte) (body.length() >> 8));
            head.putByte(2, (byte) body.length());
            responses.add(head, 0, HEAD);
            responses.add(body.buffer(), body.offset(), body.length());
        }
    }

    /** Points a cursor at the messages kept, for {@link #next}. */
    Cursor responses(Cursor in) {
        return responses.read(in);
    }

    /** Points at the body of the next kept message and gives its type; zero at the end. */
    static int next(Cursor in, Slice body) {
        if (!in.hasRemaining()) {
            return 0;
        }
        int type = in.u8();
        in.slice(in.u16(), body);
        return type;
    }

    /** Points at the body of the last kept message of a type; false if there is none. */
    boolean last(int type, Cursor in, Slice body) {
        boolean found = false;
        responses(in);
        for (int each = next(in, current); each != 0; each = next(in, current)) {
            if (each == type) {
                body.wrap(current.buffer(), current.offset(), current.length());
                found = true;
            }
        }
        return found;
    }
}
