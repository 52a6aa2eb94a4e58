// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.HexDigest;

/** Computes JA3 and JA3S: the MD5 of what a hello lists, in its own order. */
public final class Ja3 {
    private final HexDigest md5 = new HexDigest("MD5");
    private final FingerprintText text = new FingerprintText();

    /** Writes JA3: version, cipher suites, extensions, groups, point formats. */
    public void write(JsonWriter json, ClientHello hello) {
        text.clear()
                .decimal(hello.legacyVersion)
                .append(',')
                .dashed(hello.cipherSuites)
                .append(',');
        text.dashed(hello.extensions)
                .append(',')
                .dashed(hello.groups)
                .append(',')
                .dashed(hello.pointFormats);
        write(json, "ja3");
    }

    /** Writes JA3S: version, cipher suite, extensions. */
    public void write(JsonWriter json, ServerHello hello) {
        text.clear()
                .decimal(hello.legacyVersion)
                .append(',')
                .decimal(hello.cipherSuite)
                .append(',');
        text.dashed(hello.extensions);
        write(json, "ja3s");
    }

    private void write(JsonWriter json, String name) {
        json.beginObject(name).asciiBytes("hash", md5.of(text.bytes(), 0, text.length()));
        json.wire("string", text.slice()).endObject();
    }
}
