// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.http.FileName;

/** Writes the event of one stream. The values of credentials are secrets. */
final class Http2Event {
    /** As EVE calls a connection that carries DNS messages. */
    static final String DNS_OVER_HTTP2 = "doh2";

    private static final String[] CREDENTIALS = {"authorization", "proxy-authorization", "cookie", "set-cookie"};
    private static final int MAX_DIGITS = 18;

    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final Slice userInfo = new Slice();
    private final FileName fileName = new FileName();

    /** Writes the event, unless the stream has said nothing worth one. */
    void write(Stream stream, Session session) {
        boolean empty = true;
        for (Direction each : Direction.values()) {
            empty &= stream.headers(each).count() == 0 && stream.frames(each).isEmpty();
        }
        if (!empty && !writeDns(stream, session) && session.wants(EventType.HTTP)) {
            writeObject(stream, session.begin(EventType.HTTP, Direction.TO_SERVER));
            session.end();
        }
    }

    /** A stream that carries a DNS message has the event of that instead. */
    private boolean writeDns(Stream stream, Session session) {
        if (!stream.dns().isKnown() || !session.wants(EventType.DNS)) {
            return false;
        }
        JsonWriter json = session.begin(EventType.DNS, Direction.TO_SERVER);
        writeObject(stream, json);
        if (!stream.dns().write(json)) {
            return false;
        }
        session.end();
        session.refine(DNS_OVER_HTTP2);
        return true;
    }

    /** Writes the object that other events of the stream show too. */
    void writeObject(Stream stream, JsonWriter json) {
        HeaderList request = stream.headers(Direction.TO_SERVER);
        HeaderList response = stream.headers(Direction.TO_CLIENT);
        json.beginObject("http").ascii("version", "2");
        if (request.find(":authority", value) || request.find("host", value)) {
            authority("hostname", json);
        }
        field("url", ":path", request, json);
        field("http_user_agent", "user-agent", request, json);
        field("http_content_type", "content-type", response, json);
        field("http_refer", "referer", request, json);
        field("http_method", ":method", request, json);
        number("status", ":status", response, json);
        number("length", "content-length", response.find("content-length", value) ? response : request, json);
        headers("request_headers", request, json);
        headers("response_headers", response, json);
        json.beginObject("http2").number("stream_id", stream.id());
        stream.frames(Direction.TO_SERVER).write("request", json);
        stream.frames(Direction.TO_CLIENT).write("response", json);
        json.endObject().endObject();
    }

    /** What a body is called: by its header, or by the path it was asked for. Valid until the next call. */
    Slice fileName(Stream stream, Direction from) {
        stream.headers(from).find("content-disposition", value);
        Slice named = fileName.ofDisposition(value);
        if (named.isEmpty()) {
            stream.headers(Direction.TO_SERVER).find(":path", value);
            named = fileName.ofPath(value);
        }
        return named;
    }

    private void headers(String list, HeaderList headers, JsonWriter json) {
        if (headers.count() == 0) {
            return;
        }
        json.beginArray(list);
        for (int i = 0; i < headers.count(); i++) {
            json.beginObject();
            if (headers.isSizeUpdate(i)) {
                json.number("table_size_update", headers.sizeUpdate(i));
            } else {
                json.wire("name", headers.name(i, name));
                headers.value(i, value);
                headerValue(json);
            }
            json.endObject();
        }
        json.endArray();
    }

    private void headerValue(JsonWriter json) {
        if (isCredential()) {
            json.secret("value", value);
        } else if (name.equalsIgnoreCase(":authority")) {
            authority("value", json);
        } else {
            json.wire("value", value);
        }
    }

    private boolean isCredential() {
        boolean credential = false;
        for (String each : CREDENTIALS) {
            credential |= name.equalsIgnoreCase(each);
        }
        return credential;
    }

    /** A user name and password before the host are secrets (RFC 3986, 3.2.1). */
    private void authority(String field, JsonWriter json) {
        int at = value.length() - 1;
        while (at >= 0 && value.u8(at) != '@') {
            at--;
        }
        json.beginText(field);
        if (at >= 0) {
            json.appendSecret(userInfo.wrap(value.buffer(), value.offset(), at));
            value.advance(at);
        }
        json.appendWire(value).endText();
    }

    private void field(String field, String header, HeaderList headers, JsonWriter json) {
        if (headers.find(header, value)) {
            json.wire(field, value);
        }
    }

    private void number(String field, String header, HeaderList headers, JsonWriter json) {
        if (!headers.find(header, value) || value.isEmpty() || value.length() > MAX_DIGITS) {
            return;
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.u8(i) - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            number = 10 * number + digit;
        }
        json.number(field, number);
    }
}
