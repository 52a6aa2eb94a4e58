// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a name (RFC 1035, 3.1): one of NetBIOS is sixteen bytes, each written as two letters (RFC 1001, 14.1). */
final class ServiceName {
    private static final int POINTER = 0xc0;
    private static final int ENCODED_BYTES = 32;
    /** The last byte of a NetBIOS name says what serves under it. */
    private static final int PLAIN_BYTES = 15;
    /** Longest name of DNS. */
    @Bound(
            of = "a name with its scope",
            then = "the message is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    private static final int MAX_BYTES = 255;

    private final byte[] bytes = new byte[MAX_BYTES];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private final Slice text = new Slice();
    private int length;
    private int suffix;

    /** Reads the name; a pointer stands for the name that was read before. */
    void read(Cursor in, NameService service) {
        if (in.peekU8(0) >= POINTER) {
            in.skip(2);
            return;
        }
        length = 0;
        suffix = 0;
        for (int size = in.u8(); size != 0 && !in.failed(); size = in.u8()) {
            if (size >= POINTER) {
                in.skip(1);
                return;
            }
            if (service == NameService.NBNS && length == 0 && size == ENCODED_BYTES) {
                readEncoded(in);
            } else {
                readLabel(in, size);
            }
        }
    }

    /** Writes the name and, for NetBIOS, what serves under it. */
    void write(JsonWriter json, NameService service) {
        if (service == NameService.NBNS) {
            write(json, "name", "suffix");
        } else {
            json.wire("name", text.wrap(view, 0, length));
        }
    }

    /** Writes a NetBIOS name and what serves under it as these fields. */
    void write(JsonWriter json, String nameField, String suffixField) {
        json.wire(nameField, text.wrap(view, 0, length));
        json.beginText(suffixField).appendHex(suffix).endText();
    }

    private void readEncoded(Cursor in) {
        for (int i = 0; i <= PLAIN_BYTES; i++) {
            int high = in.u8() - 'A';
            int low = in.u8() - 'A';
            in.require(high >= 0 && high < 16 && low >= 0 && low < 16);
            if (i == PLAIN_BYTES) {
                suffix = high << 4 | low;
            } else {
                bytes[length++] = (byte) (high << 4 | low);
            }
        }
        while (length > 0 && bytes[length - 1] == ' ') {
            length--;
        }
    }

    private void readLabel(Cursor in, int size) {
        in.require(length + size + 1 <= MAX_BYTES);
        if (length > 0 && !in.failed()) {
            bytes[length++] = '.';
        }
        for (int i = 0; i < size && !in.failed(); i++) {
            bytes[length++] = (byte) in.u8();
        }
    }
}
