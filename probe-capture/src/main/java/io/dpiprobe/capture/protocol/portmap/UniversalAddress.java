// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Keeps an address as text, the port of IP being two decimal bytes at its end (RFC 5665, 5.2.3). */
final class UniversalAddress {
    private final WireString text = new WireString();
    private final Slice bytes = new Slice();

    void clear() {
        text.clear();
    }

    void read(Cursor in) {
        Xdr.opaque(in, WireString.MAX_BYTES, bytes);
        text.set(bytes);
    }

    /** Writes the address and its port, if there are any. */
    void write(JsonWriter json) {
        int port = port(text.text());
        if (port >= 0) {
            json.number("port", port);
        }
        if (!text.isEmpty()) {
            json.wire("address", text.text());
        }
    }

    /** The last two numbers; -1 if there are no such. */
    private static int port(Slice address) {
        int value = 0;
        int shift = 0;
        int number = 0;
        int scale = 1;
        for (int i = address.length() - 1; i >= 0; i--) {
            int digit = address.u8(i) - '0';
            if (digit >= 0 && digit <= 9 && scale <= 100) {
                number += digit * scale;
                scale *= 10;
            } else if (digit == '.' - '0' && scale > 1 && number <= 0xff) {
                value |= number << shift;
                if (shift == Byte.SIZE) {
                    return value;
                }
                shift = Byte.SIZE;
                number = 0;
                scale = 1;
            } else {
                return -1;
            }
        }
        return -1;
    }
}
