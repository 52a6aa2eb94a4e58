// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.text.ByteStore;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the links in text that comes piece by piece, and keeps them without their scheme. */
final class UrlScanner {
    /** Longest link kept: what browsers of old took. */
    @Bound(of = "a link", then = "it is cut", unit = Bound.Unit.BYTES)
    static final int MAX_URL_BYTES = 2048;

    private static final int SMALLEST = 128;
    private static final String HTTP = "http";
    private static final String SEPARATOR = "://";

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] url = {};
    private final Slice slice = new Slice();
    private ByteStore found = new ByteStore(0, 0);
    private int matched;
    private boolean secure;
    private boolean inside;
    private int length;

    /** A text begins, whose links go here. */
    void begin(ByteStore found) {
        this.found = found;
        restart();
    }

    private void restart() {
        matched = 0;
        secure = false;
        inside = false;
        length = 0;
    }

    void onText(Slice text) {
        int at = 0;
        int end = text.length();
        while (at < end) {
            if (inside) {
                inside(text.u8(at++));
            } else if (matched == 0) {
                while (at < end && (text.u8(at) | 0x20) != 'h') {
                    at++;
                }
                matched = at < end ? 1 : 0;
                at++;
            } else {
                match(text.u8(at++));
            }
        }
    }

    /** The text is over, and a link with it. */
    void end() {
        if (inside) {
            keep();
        }
    }

    private void match(int c) {
        int lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        int scheme = HTTP.length();
        if (matched < scheme) {
            matched = lower == HTTP.charAt(matched) ? matched + 1 : lower == 'h' ? 1 : 0;
        } else if (matched == scheme && lower == 's' && !secure) {
            secure = true;
        } else if (c == SEPARATOR.charAt(matched - scheme)) {
            matched++;
            inside = matched == scheme + SEPARATOR.length();
        } else {
            matched = lower == 'h' ? 1 : 0;
            secure = false;
        }
    }

    private void inside(int c) {
        if (isUrl(c)) {
            if (length == url.length && length < MAX_URL_BYTES) {
                url = Arrays.copyOf(url, length == 0 ? SMALLEST : 2 * length);
                view.wrap(url);
            }
            if (length < MAX_URL_BYTES) {
                url[length++] = (byte) c;
            }
        } else {
            keep();
        }
    }

    private void keep() {
        if (length > 0) {
            boolean unused = found.add(slice.wrap(view, 0, length));
        }
        restart();
    }

    /** What may be in a link, and does not commonly end one. */
    private static boolean isUrl(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\'' && c != '\\' && c != '^'
                && c != '`';
    }
}
