// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.packet.Slice;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Holds the fields that header compression numbers from 1 to 61 (RFC 7541, Appendix A). */
final class StaticTable {
    static final int SIZE = 61;

    /** Name and value by turns. */
    private static final String[] FIELDS = {
        ":authority", "",
        ":method", "GET",
        ":method", "POST",
        ":path", "/",
        ":path", "/index.html",
        ":scheme", "http",
        ":scheme", "https",
        ":status", "200",
        ":status", "204",
        ":status", "206",
        ":status", "304",
        ":status", "400",
        ":status", "404",
        ":status", "500",
        "accept-charset", "",
        "accept-encoding", "gzip, deflate",
        "accept-language", "",
        "accept-ranges", "",
        "accept", "",
        "access-control-allow-origin", "",
        "age", "",
        "allow", "",
        "authorization", "",
        "cache-control", "",
        "content-disposition", "",
        "content-encoding", "",
        "content-language", "",
        "content-length", "",
        "content-location", "",
        "content-range", "",
        "content-type", "",
        "cookie", "",
        "date", "",
        "etag", "",
        "expect", "",
        "expires", "",
        "from", "",
        "host", "",
        "if-match", "",
        "if-modified-since", "",
        "if-none-match", "",
        "if-range", "",
        "if-unmodified-since", "",
        "last-modified", "",
        "link", "",
        "location", "",
        "max-forwards", "",
        "proxy-authenticate", "",
        "proxy-authorization", "",
        "range", "",
        "referer", "",
        "refresh", "",
        "retry-after", "",
        "server", "",
        "set-cookie", "",
        "strict-transport-security", "",
        "transfer-encoding", "",
        "user-agent", "",
        "vary", "",
        "via", "",
        "www-authenticate", ""
    };

    private static final UnsafeBuffer TEXT =
            new UnsafeBuffer(String.join("", FIELDS).getBytes(StandardCharsets.US_ASCII));
    /** Where each of {@link #FIELDS} begins in {@link #TEXT}, and where the last ends. */
    private static final int[] START = new int[FIELDS.length + 1];

    static {
        for (int i = 0; i < FIELDS.length; i++) {
            START[i + 1] = START[i] + FIELDS[i].length();
        }
    }

    private StaticTable() {}

    /** @param index from 1 to {@link #SIZE} */
    static void name(int index, Slice into) {
        wrap(2 * index - 2, into);
    }

    /** @param index from 1 to {@link #SIZE} */
    static void value(int index, Slice into) {
        wrap(2 * index - 1, into);
    }

    private static void wrap(int part, Slice into) {
        into.wrap(TEXT, START[part], START[part + 1] - START[part]);
    }
}
