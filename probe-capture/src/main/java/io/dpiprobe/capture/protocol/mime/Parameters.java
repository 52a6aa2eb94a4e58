// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads one parameter of a header field such as {@code Content-Type} (RFC 2045, 5.1), whole, in pieces or
 * percent-encoded (RFC 2231, 3 and 4).
 */
final class Parameters {
    private final byte[] value;
    private final UnsafeBuffer view;
    private final Slice found = new Slice();
    private final Slice rest = new Slice();
    private int length;
    private boolean encoded;

    /** @param maxBytes longest value kept */
    Parameters(int maxBytes) {
        value = new byte[maxBytes];
        view = new UnsafeBuffer(value);
    }

    /** The value of the parameter of this name, valid until the next call; empty if there is none. */
    Slice find(Slice field, String name) {
        length = 0;
        rest.wrap(field.buffer(), field.offset(), field.length());
        boolean taken = false;
        while (toNextParameter()) {
            if (rest.startsWithIgnoreCase(name)) {
                int at = name.length();
                boolean continued = isSection(at);
                if (isNamed(at) && (!taken || continued)) {
                    readValue(!taken);
                    taken = true;
                }
            }
        }
        return found.wrap(view, 0, length);
    }

    /** Moves behind the next semicolon that is not quoted, and behind white space. */
    private boolean toNextParameter() {
        boolean quoted = false;
        for (int i = 0; i < rest.length(); i++) {
            int c = rest.u8(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                rest.advance(i + 1);
                skipBlanks();
                return true;
            }
        }
        return false;
    }

    private boolean isSection(int at) {
        return at + 1 < rest.length() && rest.u8(at) == '*' && Character.isDigit(rest.u8(at + 1));
    }

    /** Passes over what may stand between the name and its value: {@code *0*=}. */
    private boolean isNamed(int from) {
        int at = from;
        encoded = false;
        while (at < rest.length() && (rest.u8(at) == '*' || Character.isDigit(rest.u8(at)))) {
            encoded = rest.u8(at++) == '*';
        }
        while (at < rest.length() && isBlank(rest.u8(at))) {
            at++;
        }
        if (at == rest.length() || rest.u8(at) != '=') {
            return false;
        }
        rest.advance(at + 1);
        skipBlanks();
        return true;
    }

    private void readValue(boolean first) {
        if (encoded && first) {
            skipCharset();
        }
        boolean quoted = !rest.isEmpty() && rest.u8(0) == '"';
        for (int i = quoted ? 1 : 0; i < rest.length() && length < value.length; i++) {
            int c = rest.u8(i);
            if (quoted ? c == '"' : c == ';' || isBlank(c)) {
                return;
            }
            if (quoted && c == '\\' && i + 1 < rest.length()) {
                c = rest.u8(++i);
            } else if (encoded && c == '%' && i + 2 < rest.length()) {
                int high = Character.digit(rest.u8(i + 1), 16);
                int low = Character.digit(rest.u8(i + 2), 16);
                if (high >= 0 && low >= 0) {
                    c = high << 4 | low;
                    i += 2;
                }
            }
            value[length++] = (byte) c;
        }
    }

    /** {@code charset'language'} stands before an encoded value. */
    private void skipCharset() {
        int quotes = 0;
        for (int i = 0; i < rest.length() && rest.u8(i) != ';'; i++) {
            if (rest.u8(i) == '\'' && ++quotes == 2) {
                rest.advance(i + 1);
                return;
            }
        }
    }

    private void skipBlanks() {
        while (!rest.isEmpty() && isBlank(rest.u8(0))) {
            rest.advance(1);
        }
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
