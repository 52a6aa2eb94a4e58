// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.asn1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Composes elements of DER for tests. */
public final class DerBytes {
    private DerBytes() {}

    /** An element whose content is these parts, with its length in one byte or three. */
    public static byte[] element(int tag, byte[]... parts) {
        byte[] content = concat(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** An element whose content is ISO-8859-1 text. */
    public static byte[] text(int tag, String content) {
        return element(tag, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** An INTEGER of one byte. */
    public static byte[] number(int value) {
        return element(Der.INTEGER, new byte[] {(byte) value});
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
