// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.text.Base64Url;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the DNS message that one exchange of HTTP carries (RFC 8484): the question until the answer comes, then the
 * answer, which repeats it.
 */
public final class DnsOverHttp {
    private static final String MEDIA_TYPE = "application/dns-message";
    private static final String PARAMETER = "dns=";

    private final Cursor cursor = new Cursor();
    private final Base64Url base64 = new Base64Url();
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
            base64.decode(path, at, kept());
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
}
