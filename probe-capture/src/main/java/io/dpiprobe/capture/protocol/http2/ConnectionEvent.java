// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Writes the event of a frame that is about the connection, not one of its streams: SETTINGS or GOAWAY. */
final class ConnectionEvent {
    /** Reads the frame that the cursor holds; others are passed over. */
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
