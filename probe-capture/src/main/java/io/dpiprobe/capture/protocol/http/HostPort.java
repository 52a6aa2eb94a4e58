// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds out which host a request is for: its target says so, or else its Host header (RFC 9112, 3.3). */
final class HostPort {
    private static final int MAX_PORT = 65535;
    /** Longest name that is written in lower case; DNS allows no more (RFC 1035, 2.3.4). */
    private static final int MAX_NAME_BYTES = 255;

    private final Slice text = new Slice();
    private final UnsafeBuffer lowerView = new UnsafeBuffer(0, 0);
    private byte[] lower = {};
    private final Slice name = new Slice();

    /** Makes HOST the name alone, in lower case, and notes the port if one is given. */
    void resolve(Transaction transaction) {
        FieldStore fields = transaction.fields;
        transaction.port = 0;
        fields.get(HttpField.URL, text);
        if (!transaction.isMethod("connect") && !authorityOfAbsolute()) {
            fields.get(HttpField.HOST, text);
        }
        if (text.isEmpty()) {
            return;
        }
        splitPort(transaction);
        toLower();
        fields.replace(HttpField.HOST, name);
    }

    /** Confines the text to the authority of an absolute URI; false if it is none. */
    private boolean authorityOfAbsolute() {
        int colon = HttpText.indexOf(text, ':');
        if (colon <= 0 || colon + 2 >= text.length() || text.u8(colon + 1) != '/' || text.u8(colon + 2) != '/') {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            if (!Character.isLetterOrDigit(text.u8(i))) {
                return false;
            }
        }
        text.advance(colon + 3);
        int end = 0;
        while (end < text.length() && "/?#".indexOf(text.u8(end)) < 0) {
            end++;
        }
        text.wrap(text.buffer(), text.offset(), end);
        int at = HttpText.indexOf(text, '@');
        text.advance(at + 1);
        return true;
    }

    private void splitPort(Transaction transaction) {
        int bracket = HttpText.indexOf(text, ']');
        int colon = bracket + 1;
        while (colon < text.length() && text.u8(colon) != ':') {
            colon++;
        }
        name.wrap(text.buffer(), text.offset(), colon);
        if (colon + 1 < text.length()) {
            text.advance(colon + 1);
            long port = HttpText.decimal(text);
            transaction.port = port > 0 && port <= MAX_PORT ? (int) port : 0;
        }
        HttpText.trim(name);
    }

    private void toLower() {
        if (name.length() > MAX_NAME_BYTES) {
            return;
        }
        if (lower.length < name.length()) {
            lower = new byte[name.length()];
            lowerView.wrap(lower);
        }
        for (int i = 0; i < name.length(); i++) {
            lower[i] = (byte) HttpText.lower(name.u8(i));
        }
        name.wrap(lowerView, 0, name.length());
    }
}
