// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.eve.JsonWriter;

/** Writes a UUID, kept as the two numbers that its text shows, as text (RFC 4122, 3). */
final class Uuid {
    /** Bytes on the wire. */
    static final int BYTES = 16;

    private Uuid() {}

    /** Adds the text to an open string. */
    static void append(JsonWriter json, long high, long low) {
        hex(json, high >>> 32, 4);
        json.append('-');
        hex(json, high >>> 16, 2);
        json.append('-');
        hex(json, high, 2);
        json.append('-');
        hex(json, low >>> 48, 2);
        json.append('-');
        hex(json, low, 6);
    }

    private static void hex(JsonWriter json, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            json.appendHex((int) (value >>> (8 * i)) & 0xff);
        }
    }
}
