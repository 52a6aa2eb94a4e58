// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.winrm;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/** Walks the elements of a SOAP envelope as text, without a tree: what it is asked for is in front, and few. */
final class SoapText {
    private final Slice text = new Slice();
    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final UnsafeBuffer narrowView = new UnsafeBuffer(0, 0);
    private byte[] narrow = {};
    private int at;

    /** Begins at the front of a body, which may end anywhere; WinRM of Windows sends UTF-16. */
    void wrap(Slice body) {
        at = 0;
        boolean wide = body.length() > 3 && (body.u8(1) == 0 || (body.u8(0) == 0xff && body.u8(1) == 0xfe));
        if (wide) {
            narrow(body);
        } else {
            text.wrap(body.buffer(), body.offset(), body.length());
        }
    }

    /** Moves to the next start tag; false if there is none. */
    boolean next() {
        while (at < text.length()) {
            if (text.u8(at++) == '<' && at < text.length() && isNameStart(text.u8(at))) {
                readName();
                return true;
            }
        }
        return false;
    }

    /** The element's name without its prefix. */
    Slice name() {
        return name;
    }

    /** The text directly behind the start tag, as it is written: entities are left alone. */
    Slice value() {
        int start = at;
        while (at < text.length() && text.u8(at) != '<') {
            at++;
        }
        return value.wrap(text.buffer(), text.offset() + start, at - start).trim();
    }

    private void readName() {
        int start = at;
        while (at < text.length() && !endsName(text.u8(at))) {
            if (text.u8(at) == ':') {
                start = at + 1;
            }
            at++;
        }
        name.wrap(text.buffer(), text.offset() + start, at - start);
        while (at < text.length() && text.u8(at) != '>') {
            at++;
        }
        at = Math.min(at + 1, text.length());
    }

    private static boolean endsName(int character) {
        return character == '>' || character == '/' || character <= ' ';
    }

    private static boolean isNameStart(int character) {
        return character > ' ' && character != '/' && character != '?' && character != '!';
    }

    /** Characters beyond ASCII become question marks. */
    private void narrow(Slice body) {
        if (narrow.length < body.length() / 2) {
            narrow = new byte[WsManagement.MAX_BODY_BYTES / 2];
            narrowView.wrap(narrow);
        }
        int length = Math.min(narrow.length, body.length() / 2);
        for (int i = 0; i < length; i++) {
            int low = body.u8(2 * i);
            narrow[i] = (byte) (body.u8(2 * i + 1) == 0 && low < 0x80 ? low : '?');
        }
        text.wrap(narrowView, 0, length);
    }
}
