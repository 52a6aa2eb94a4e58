// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Composes messages of PostgreSQL for tests. */
final class PgsqlBytes {
    private PgsqlBytes() {}

    /** A message with a type; in the text, a vertical bar stands for the zero that ends a string. */
    static byte[] message(char type, String text) {
        return message(type, text.replace('|', '\0').getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] message(char type, byte[] body) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + body.length);
        return bytes.put((byte) type).putInt(4 + body.length).put(body).array();
    }

    /** A message that opens a connection. */
    static byte[] opening(int code, String text) {
        byte[] body = text.replace('|', '\0').getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(8 + body.length);
        return bytes.putInt(8 + body.length).putInt(code).put(body).array();
    }

    /** A request for authentication, or word that it has succeeded. */
    static byte[] authentication(int code, String text) {
        byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
        return message(
                'R', ByteBuffer.allocate(4 + body.length).putInt(code).put(body).array());
    }

    /** A row with one field. */
    static byte[] row(String field) {
        byte[] body = field.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(6 + body.length);
        return message(
                'D', bytes.putShort((short) 1).putInt(body.length).put(body).array());
    }
}
