// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;

/** Writes the event of a message. */
final class SipEvent {
    private final SdpWriter sdp = new SdpWriter();
    private final Slice rest = new Slice();
    private final Slice word = new Slice();

    void write(Session session, Direction from, SipHead head, Slice body) {
        session.nextTransaction();
        JsonWriter json = session.begin(EventType.SIP, from).beginObject("sip");
        Slice line = head.firstLine();
        rest.wrap(line.buffer(), line.offset(), line.length());
        if (head.isResponse()) {
            word(json, "version");
            word(json, "code");
            json.wire("reason", rest);
        } else {
            word(json, "method");
            // the version is the last word, whatever blanks are in between
            int version = line.length() - SipProtocol.VERSION.length();
            word.wrap(rest.buffer(), rest.offset(), Math.max(0, version - 1 - (line.length() - rest.length())));
            json.wire("uri", word);
            json.ascii("version", SipProtocol.VERSION);
        }
        if (head.describesSession()) {
            sdp.write(json, body);
        }
        json.wire(head.isResponse() ? "response_line" : "request_line", line);
        json.endObject();
        session.end();
    }

    /** Writes the next word of the line and passes over it and the blank behind. */
    private void word(JsonWriter json, String name) {
        int end = 0;
        while (end < rest.length() && rest.u8(end) != ' ') {
            end++;
        }
        word.wrap(rest.buffer(), rest.offset(), end);
        rest.advance(Math.min(end + 1, rest.length()));
        json.wire(name, word);
    }
}
