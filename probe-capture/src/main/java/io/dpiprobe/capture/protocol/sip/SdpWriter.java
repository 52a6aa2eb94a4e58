// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;

/**
 * Writes the description of a session (RFC 8866): lines of a letter and a value, first of the session, then of each
 * medium behind its {@code m=}. Each kind of line is looked for in its section, so order does not matter.
 */
final class SdpWriter {
    private static final char NOTHING = 0;
    private static final String[] KEY_ATTRIBUTES = {"crypto:", "key-mgmt:"};

    private final Slice value = new Slice();
    private final Slice rest = new Slice();
    private Slice body = new Slice();
    private int sectionStart;
    private int sectionEnd;
    private int next;
    private int letter;

    /** Writes {@code sdp}; nothing unless the bytes begin with a version. */
    void write(JsonWriter json, Slice bytes) {
        body = bytes;
        if (bytes.length() < 2 || bytes.u8(0) != 'v' || bytes.u8(1) != '=') {
            return;
        }
        section(0);
        json.beginObject("sdp");
        text(json, 'o', "origin");
        text(json, 's', "session_name");
        text(json, 'i', "session_info");
        text(json, 'u', "uri");
        text(json, 'e', "email");
        text(json, 'p', "phone_number");
        text(json, 'c', "connection_data");
        list(json, 'b', "bandwidths");
        times(json);
        text(json, 'z', "timezone");
        key(json);
        list(json, 'a', "attributes");
        media(json);
        json.endObject();
    }

    private void media(JsonWriter json) {
        if (sectionEnd >= body.length()) {
            return;
        }
        json.beginArray("media_descriptions");
        while (sectionEnd < body.length()) {
            section(sectionEnd);
            json.beginObject();
            text(json, 'm', "media");
            text(json, 'i', "media_info");
            text(json, 'c', "connection_data");
            list(json, 'b', "bandwidths");
            key(json);
            list(json, 'a', "attributes");
            json.endObject();
        }
        json.endArray();
    }

    /** Each {@code t=} and the first of the {@code r=} behind it. */
    private void times(JsonWriter json) {
        boolean open = false;
        boolean repeated = false;
        next = sectionStart;
        while (nextLine()) {
            if (letter == 't') {
                if (open) {
                    json.endObject();
                } else {
                    json.beginArray("time_descriptions");
                }
                json.beginObject().wire("time", value);
                open = true;
                repeated = false;
            } else if (letter == 'r' && open && !repeated) {
                json.wire("repeat_time", value);
                repeated = true;
            }
        }
        if (open) {
            json.endObject().endArray();
        }
    }

    /** The method of {@code k=}, and the key itself, which is a secret (RFC 4566, 5.12). */
    private void key(JsonWriter json) {
        if (!find('k')) {
            return;
        }
        int start = 0;
        while (start < value.length() && value.u8(start) != ':') {
            start++;
        }
        if (start == value.length()) {
            json.wire("encryption_key", value);
        } else {
            withSecret(json.beginText("encryption_key"), start + 1);
        }
    }

    private void text(JsonWriter json, char kind, String name) {
        if (find(kind)) {
            json.wire(name, value);
        }
    }

    private void list(JsonWriter json, char kind, String name) {
        boolean open = false;
        next = sectionStart;
        while (nextLine()) {
            if (letter == kind) {
                if (!open) {
                    json.beginArray(name);
                    open = true;
                }
                item(json, kind);
            }
        }
        if (open) {
            json.endArray();
        }
    }

    /** Attributes may carry keys: {@code crypto} of RFC 4568 and {@code key-mgmt} of RFC 4567. */
    private void item(JsonWriter json, char kind) {
        for (String each : KEY_ATTRIBUTES) {
            if (kind == 'a' && value.startsWithIgnoreCase(each)) {
                withSecret(json.beginTextItem(), each.length());
                return;
            }
        }
        json.wireItem(value);
    }

    /** Completes a string with the value at hand, of which what is behind this is a secret. */
    private void withSecret(JsonWriter json, int start) {
        json.appendWire(rest.wrap(value.buffer(), value.offset(), start));
        json.appendSecret(rest.wrap(value.buffer(), value.offset() + start, value.length() - start));
        json.endText();
    }

    private boolean find(char kind) {
        next = sectionStart;
        while (nextLine()) {
            if (letter == kind) {
                return true;
            }
        }
        return false;
    }

    /** Turns to the lines from here to the next {@code m=}. */
    private void section(int start) {
        sectionStart = start;
        sectionEnd = body.length();
        next = start;
        boolean first = true;
        for (int at = start; nextLine(); at = next) {
            if (letter == 'm' && !first) {
                sectionEnd = at;
                return;
            }
            first = false;
        }
    }

    /** Reads a line of the section; one that is not a letter and a value has the letter zero. */
    private boolean nextLine() {
        if (next >= sectionEnd) {
            return false;
        }
        int end = next;
        while (end < sectionEnd && body.u8(end) != '\n') {
            end++;
        }
        int length = end - next;
        if (length > 0 && body.u8(end - 1) == '\r') {
            length--;
        }
        boolean typed = length >= 2 && body.u8(next + 1) == '=';
        letter = typed ? body.u8(next) : NOTHING;
        value.wrap(body.buffer(), body.offset() + next + (typed ? 2 : 0), typed ? length - 2 : 0);
        next = end + 1;
        return true;
    }
}
