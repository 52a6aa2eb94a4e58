// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.asn1;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;

/** Writes an object identifier with points between its numbers (X.690, 8.19). */
public final class ObjectIdentifier {
    /** The first two numbers share one, of which the first is at most 2. */
    private static final int FACTOR = 40;

    private ObjectIdentifier() {}

    /** Adds the content of an OBJECT IDENTIFIER to an open string; numbers above 63 bits are not of this world. */
    public static void write(Slice content, JsonWriter json) {
        long number = 0;
        boolean first = true;
        for (int i = 0; i < content.length(); i++) {
            int octet = content.u8(i);
            number = (number << 7 | (octet & 0x7f)) & Long.MAX_VALUE;
            if ((octet & 0x80) == 0) {
                if (first) {
                    long top = Math.min(number / FACTOR, 2);
                    json.appendNumber(top).append('.').appendNumber(number - top * FACTOR);
                } else {
                    json.append('.').appendNumber(number);
                }
                first = false;
                number = 0;
            }
        }
    }
}
