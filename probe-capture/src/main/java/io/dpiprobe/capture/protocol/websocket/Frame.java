// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.websocket;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the header of a frame (RFC 6455, 5.2) and counts its payload. */
final class Frame {
    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    /** Control frames have this bit, and are short and whole (RFC 6455, 5.5). */
    private static final int CONTROL = 0x08;

    @Bound(
            of = "a control frame",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    private static final int MAX_CONTROL_BYTES = 125;

    private boolean open;
    private int first;
    private boolean masked;
    private long mask;
    private long left;

    Verdict read(Cursor in) {
        first = in.u8();
        int second = in.u8();
        int length = second & LENGTH;
        left = length == LENGTH_16 ? in.u16() : length == LENGTH_64 ? in.u64() : length;
        masked = (second & MASKED) != 0;
        mask = masked ? in.u32() : 0;
        in.require(left >= 0);
        in.require((first & CONTROL) == 0 || ((first & FIN) != 0 && length <= MAX_CONTROL_BYTES));
        open = !in.failed();
        return in.verdict();
    }

    boolean isOpen() {
        return open;
    }

    void close() {
        open = false;
    }

    boolean isOver() {
        return left == 0;
    }

    /** Passes over payload; how much of {@code bytes} was. */
    long pass(long bytes) {
        long passed = Math.min(bytes, left);
        left -= passed;
        return passed;
    }

    void write(Direction from, Session session) {
        session.nextTransaction();
        JsonWriter json = session.begin(EventType.WEBSOCKET, from).beginObject("websocket");
        json.bool("fin", (first & FIN) != 0);
        if (masked) {
            json.number("mask", mask);
        }
        String name = opcode(first & OPCODE);
        if (name.isEmpty()) {
            json.beginText("opcode").appendNumber(first & OPCODE).endText();
        } else {
            json.ascii("opcode", name);
        }
        json.endObject();
        session.end();
    }

    /** As IANA names them; empty if it has not. */
    private static String opcode(int code) {
        return switch (code) {
            case 0 -> "continuation";
            case 1 -> "text";
            case 2 -> "binary";
            case 8 -> "connection_close";
            case 9 -> "ping";
            case 10 -> "pong";
            default -> "";
        };
    }
}
