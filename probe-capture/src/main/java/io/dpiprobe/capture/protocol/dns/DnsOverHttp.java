// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Session;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the DNS message that one exchange of HTTP carries (RFC 8484): the question until the answer comes, then the
 * answer, which repeats it.
 */
public final class DnsOverHttp {
    private static final String MEDIA_TYPE = "application/dns-message";
    private static final String PARAMETER = "dns=";
    private static final int GROUP_BYTES = 3;
    private static final int GROUP_DIGITS = 4;

    private final Cursor cursor = new Cursor();
    private @Nullable KeptBytes message;
    private @Nullable DnsEvent event;

    /** Keeps nothing. */
    public void clear() {
        if (message != null) {
            message.clear();
        }
    }

    /** True if this is the type of bodies that are DNS messages. */
    public static boolean isMediaType(Slice contentType) {
        return contentType.startsWithIgnoreCase(MEDIA_TYPE);
    }

    /** A body begins that is a message: what was kept before gives way to it. */
    public void begin(Session session) {
        event = session.shared(DnsEvent.class, DnsEvent::new);
        kept().clear();
    }

    /** The next bytes of the body. What is longer than a message can be is none. */
    public void onContent(Slice content) {
        KeptBytes kept = kept();
        if (!kept.add(content.buffer(), content.offset(), content.length())) {
            kept.clear();
        }
    }

    /** Takes the question of a GET from the path that is asked for (RFC 8484, 4.1.1). */
    public void onPath(Slice path, Session session) {
        int at = parameter(path);
        if (at >= 0) {
            begin(session);
            decode(path, at);
        }
    }

    /** True if there is something that may be a message. */
    public boolean isKnown() {
        return message != null && message.length() >= DnsHeader.LENGTH;
    }

    /** Writes the {@code dns} object; false, and nothing, if what was carried is no message. */
    public boolean write(JsonWriter json) {
        DnsEvent writer = event;
        return writer != null && isKnown() && writer.writeMember(json, kept().read(cursor), 0);
    }

    private KeptBytes kept() {
        KeptBytes kept = message;
        if (kept == null) {
            kept = new KeptBytes(DnsProtocol.MAX_MESSAGE);
            message = kept;
        }
        return kept;
    }

    /** Where the value of the parameter begins; -1 if there is none. */
    private static int parameter(Slice path) {
        for (int i = 1; i + PARAMETER.length() <= path.length(); i++) {
            int before = path.u8(i - 1);
            int same = 0;
            while (same < PARAMETER.length() && path.u8(i + same) == PARAMETER.charAt(same)) {
                same++;
            }
            if (same == PARAMETER.length() && (before == '?' || before == '&')) {
                return i + same;
            }
        }
        return -1;
    }

    /** Decodes base64url (RFC 4648, 5) up to the first character that is none. */
    private void decode(Slice path, int start) {
        UnsafeBuffer group = new UnsafeBuffer(new byte[GROUP_BYTES]);
        int bits = 0;
        int digits = 0;
        for (int i = start; i < path.length() && digit(path.u8(i)) >= 0; i++) {
            bits = (bits << 6) | digit(path.u8(i));
            if (++digits == GROUP_DIGITS) {
                flush(group, bits, GROUP_BYTES);
                bits = 0;
                digits = 0;
            }
        }
        if (digits > 1) {
            flush(group, bits << (6 * (GROUP_DIGITS - digits)), digits - 1);
        }
    }

    private void flush(UnsafeBuffer group, int bits, int count) {
        group.putByte(0, (byte) (bits >> 16));
        group.putByte(1, (byte) (bits >> 8));
        group.putByte(2, (byte) bits);
        boolean unused = kept().add(group, 0, count);
    }

    private static int digit(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : c == '_' ? 63 : -1;
    }
}
