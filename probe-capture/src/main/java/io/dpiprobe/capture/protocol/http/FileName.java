// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.file.FileTracker;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the name of a file: where a header gives it, or else in the path of the target. */
public final class FileName {
    private static final String PARAMETER = "filename";

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private final Slice name = new Slice();
    private final Slice rest = new Slice();
    private int length;

    /** The parameter {@code filename} of a Content-Disposition (RFC 6266, 4.3); empty if there is none. */
    public Slice ofDisposition(Slice disposition) {
        begin(disposition);
        int semicolon = HttpText.indexOf(rest, ';');
        while (semicolon >= 0) {
            rest.advance(semicolon + 1);
            HttpText.trim(rest);
            if (isNamed()) {
                readValue();
                break;
            }
            semicolon = nextSemicolon();
        }
        return name.wrap(view, 0, length);
    }

    /** The path of a target, its percent-encoded bytes decoded (RFC 3986, 2.1), one slash for several. */
    public Slice ofPath(Slice target) {
        begin(target);
        toPath();
        int i = 0;
        while (i < rest.length() && rest.u8(i) != '?' && rest.u8(i) != '#' && length < bytes.length) {
            int high = i + 2 < rest.length() && rest.u8(i) == '%' ? Character.digit(rest.u8(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(rest.u8(i + 2), 16) : -1;
            int c = low >= 0 ? high << 4 | low : rest.u8(i);
            if (c != '/' || length == 0 || bytes[length - 1] != '/') {
                bytes[length++] = (byte) c;
            }
            i += low >= 0 ? 3 : 1;
        }
        return name.wrap(view, 0, length);
    }

    /** A name is never longer than what it is taken from. */
    private void begin(Slice from) {
        rest.wrap(from.buffer(), from.offset(), from.length());
        length = 0;
        int most = Math.min(FileTracker.MAX_NAME_BYTES, from.length());
        if (bytes.length < most) {
            bytes = new byte[most];
            view.wrap(bytes);
        }
    }

    /** Passes over scheme and authority of an absolute URI. */
    private void toPath() {
        int colon = HttpText.indexOf(rest, ':');
        boolean absolute = colon > 0
                && colon + 2 < rest.length()
                && rest.u8(0) != '/'
                && rest.u8(colon + 1) == '/'
                && rest.u8(colon + 2) == '/';
        if (absolute) {
            rest.advance(colon + 3);
            int slash = HttpText.indexOf(rest, '/');
            rest.advance(slash < 0 ? rest.length() : slash);
        }
    }

    /** Passes over the parameter's name and equals sign if it is the one that is looked for. */
    private boolean isNamed() {
        if (!rest.startsWithIgnoreCase(PARAMETER)) {
            return false;
        }
        int at = PARAMETER.length();
        while (at < rest.length() && HttpText.isBlank(rest.u8(at))) {
            at++;
        }
        if (at == rest.length() || rest.u8(at) != '=') {
            return false;
        }
        rest.advance(at + 1);
        HttpText.trim(rest);
        return true;
    }

    private void readValue() {
        boolean quoted = !rest.isEmpty() && rest.u8(0) == '"';
        for (int i = quoted ? 1 : 0; i < rest.length() && length < bytes.length; i++) {
            int c = rest.u8(i);
            if (quoted ? c == '"' : c == ';' || HttpText.isBlank(c)) {
                break;
            }
            if (quoted && c == '\\' && i + 1 < rest.length()) {
                c = rest.u8(++i);
            }
            bytes[length++] = (byte) c;
        }
    }

    /** One inside quotes does not end a parameter. */
    private int nextSemicolon() {
        boolean quoted = false;
        for (int i = 0; i < rest.length(); i++) {
            int c = rest.u8(i);
            quoted ^= c == '"';
            if (c == ';' && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
