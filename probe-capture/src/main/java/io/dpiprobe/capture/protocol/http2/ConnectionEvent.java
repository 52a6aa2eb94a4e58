// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the event of a frame that is about the connection, not one of its streams: SETTINGS or GOAWAY.
 *
 * <p>A server may be the first to speak (RFC 9113, 3.4). Its SETTINGS are held until the client has answered with its
 * preface, since nothing else says for sure that this is HTTP/2; or until the server goes on without, or the end.
 */
final class ConnectionEvent {
    private final byte[] held = new byte[Http2Detector.MAX_FIRST_SETTINGS * Frame.SETTING_LENGTH];
    private final UnsafeBuffer heldView = new UnsafeBuffer(held);
    private final Cursor heldCursor = new Cursor();
    private int heldLength;
    private boolean begun;

    void reset() {
        heldLength = 0;
        begun = false;
    }

    /** The client has sent its preface, or is waited for in vain: what is held is written. */
    void begin(Session session) {
        begun = true;
        if (heldLength > 0) {
            heldCursor.wrap(heldView, 0, heldLength);
            heldLength = 0;
            write(Direction.TO_CLIENT, Frame.SETTINGS, 0, heldCursor, session);
        }
    }

    /** Reads the frame that the cursor holds; others are passed over. */
    void read(Direction from, int type, int flags, Cursor in, Session session) {
        if (begun || (type != Frame.SETTINGS && type != Frame.GOAWAY)) {
            write(from, type, flags, in, session);
        } else if (heldLength == 0 && isFirstSettings(type, flags, in.remaining())) {
            heldLength = in.remaining();
            in.buffer().getBytes(in.position(), held, 0, heldLength);
        } else {
            begin(session);
            write(from, type, flags, in, session);
        }
    }

    private boolean isFirstSettings(int type, int flags, int length) {
        return type == Frame.SETTINGS && flags == 0 && length <= held.length && length % Frame.SETTING_LENGTH == 0;
    }

    /** Writes what the frame says at once. */
    void write(Direction from, int type, int flags, Cursor in, Session session) {
        boolean settings = type == Frame.SETTINGS && (flags & Frame.ACK) == 0 && in.hasRemaining();
        in.require(!settings || in.remaining() % Frame.SETTING_LENGTH == 0);
        in.require(type != Frame.GOAWAY || in.remaining() >= 8);
        if (in.failed() || !(settings || type == Frame.GOAWAY) || !session.wants(EventType.HTTP)) {
            return;
        }
        JsonWriter json = session.begin(EventType.HTTP, Direction.TO_SERVER);
        json.beginObject("http").ascii("version", "2").beginObject("http2").number("stream_id", 0);
        json.beginObject(from == Direction.TO_SERVER ? "request" : "response");
        if (settings) {
            writeSettings(json, in);
        } else {
            in.skip(4); // last stream
            json.ascii("error_code", Frame.connectionError(in.u32()));
        }
        json.endObject().endObject().endObject();
        session.end();
    }

    private static void writeSettings(JsonWriter json, Cursor in) {
        json.beginArray("settings");
        while (in.hasRemaining()) {
            json.beginObject().ascii("settings_id", Frame.settingName(in.u16()));
            json.number("settings_value", in.u32()).endObject();
        }
        json.endArray();
    }
}
