// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.HexDigest;
import io.dpiprobe.capture.protocol.tls.FingerprintText;
import io.dpiprobe.capture.protocol.tls.IntList;

/** Computes CYU, a fingerprint of clients of Google's QUIC: the MD5 of the version and the tags of their hello. */
final class Cyu {
    private final HexDigest md5 = new HexDigest("MD5");
    private final FingerprintText text = new FingerprintText();

    void write(JsonWriter json, int version, IntList tags) {
        text.clear().decimal(version).append(',');
        for (int i = 0; i < tags.size(); i++) {
            if (i > 0) {
                text.append('-');
            }
            append(tags.get(i));
        }
        json.beginArray("cyu").beginObject().asciiBytes("hash", md5.of(text.bytes(), 0, text.length()));
        json.wire("string", text.slice()).endObject().endArray();
    }

    /** Four characters, fewer if zeros fill them up. */
    private void append(int tag) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = tag >> shift & 0xff;
            if (c != 0) {
                text.append((char) c);
            }
        }
    }
}
