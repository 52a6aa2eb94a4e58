// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Keeps what is worth telling of one mail message (RFC 5322, 3.6) until its event is written. */
public final class MailMessage {
    /** Longest header value kept. */
    @Bound(of = "a header value", then = "it is cut", unit = Bound.Unit.BYTES)
    static final int MAX_VALUE_BYTES = 1024;
    /** Addresses kept of one kind: mailing lists have one, announcements some dozens. */
    @Bound(of = "addresses of one kind", then = "further ones are left out")
    static final int MAX_ADDRESSES = 64;
    /** Attachments named. */
    @Bound(of = "attachments named in an event", then = "further ones are left out")
    static final int MAX_ATTACHMENTS = 64;
    /** Links kept: a newsletter has some dozens. */
    @Bound(of = "links of a message", then = "further ones are left out")
    static final int MAX_URLS = 64;
    /** Bytes of all addresses, names or links of one kind, so that the event stays under its limit. */
    @Bound(
            of = "addresses, names or links of one kind together",
            then = "further ones are left out",
            unit = Bound.Unit.BYTES)
    static final int MAX_LIST_BYTES = 8 * 1024;

    private static final String[] NAMES = {"From", "To", "Cc", "Date", "Message-ID", "Subject", "X-Mailer"};
    private static final String[] FIELDS = {"from", "to", "cc", "date", "message_id", "subject", "x_mailer"};
    private static final int TO = 1;
    private static final int CC = 2;

    private final ByteStore[] values = new ByteStore[NAMES.length];
    private final ByteStore attachments = new ByteStore(MAX_ATTACHMENTS, MAX_LIST_BYTES);
    private final ByteStore urls = new ByteStore(MAX_URLS, MAX_LIST_BYTES);
    private final EncodedWords words = new EncodedWords(MAX_VALUE_BYTES);
    private final Slice piece = new Slice();
    private boolean begun;

    public MailMessage() {
        for (int i = 0; i < values.length; i++) {
            values[i] = isList(i) ? new ByteStore(MAX_ADDRESSES, MAX_LIST_BYTES) : new ByteStore(1, MAX_VALUE_BYTES);
        }
    }

    /** Makes this as new for another message. */
    public void clear() {
        for (ByteStore each : values) {
            each.clear();
        }
        attachments.clear();
        urls.clear();
        begun = false;
    }

    /** True once something of the message was seen. */
    public boolean isBegun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    ByteStore urls() {
        return urls;
    }

    void onAttachment(Slice name) {
        boolean unused = attachments.add(name);
    }

    /** Takes in a header field of the message itself; of several of one name the first counts, but for addresses. */
    void onField(Slice name, Slice value) {
        for (int i = 0; i < NAMES.length; i++) {
            if (name.equalsIgnoreCase(NAMES[i])) {
                if (isList(i)) {
                    addresses(value, values[i]);
                } else if (!value.isEmpty()) {
                    boolean unused = values[i].add(words.decode(value));
                }
                return;
            }
        }
    }

    /** Writes the {@code email} object. */
    public void write(JsonWriter json) {
        json.beginObject("email");
        for (int i = 0; i < values.length; i++) {
            if (isList(i)) {
                list(FIELDS[i], values[i], json);
            } else if (!values[i].isEmpty()) {
                json.wire(FIELDS[i], values[i].get(0, piece));
            }
        }
        json.ascii("status", "PARSE_DONE");
        list("attachment", attachments, json);
        list("url", urls, json);
        json.endObject();
    }

    /** A comma inside quotes or an angle bracket is none between addresses. */
    private void addresses(Slice value, ByteStore into) {
        boolean quoted = false;
        boolean bracketed = false;
        int from = 0;
        for (int i = 0; i <= value.length(); i++) {
            int c = i < value.length() ? value.u8(i) : ',';
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' || c == '>') {
                bracketed = c == '<' && !quoted;
            } else if (i == value.length() || (c == ',' && !quoted && !bracketed)) {
                address(value, from, i, into);
                from = i + 1;
            }
        }
    }

    private void address(Slice value, int from, int to, ByteStore into) {
        int end = Math.min(to, value.length());
        piece.wrap(value.buffer(), value.offset() + from, Math.max(0, end - from))
                .trim();
        if (!piece.isEmpty()) {
            boolean unused = into.add(words.decode(piece));
        }
    }

    private void list(String name, ByteStore pieces, JsonWriter json) {
        if (pieces.isEmpty()) {
            return;
        }
        json.beginArray(name);
        for (int i = 0; i < pieces.count(); i++) {
            json.wireItem(pieces.get(i, piece));
        }
        json.endArray();
    }

    private static boolean isList(int field) {
        return field == TO || field == CC;
    }
}
