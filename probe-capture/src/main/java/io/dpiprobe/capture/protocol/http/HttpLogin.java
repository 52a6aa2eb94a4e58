// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.SecurityTokens;
import io.dpiprobe.capture.protocol.ntlm.TokenText;

/** Says who logs in by NTLM or Kerberos in the fields of an exchange (RFC 4559). Shared by the flows of a worker. */
final class HttpLogin {
    private final TokenText text = new TokenText();
    private final SecurityTokens tokens = new SecurityTokens();
    private final Slice value = new Slice();
    private final Slice token = new Slice();

    static boolean isIn(FieldStore fields) {
        return fields.has(HttpField.AUTHORIZATION) || fields.has(HttpField.AUTHENTICATE);
    }

    void write(FieldStore fields, JsonWriter probe) {
        tokens.clear();
        if (fields.has(HttpField.AUTHORIZATION)) {
            tokens.fromClient(text.decode(fields.get(HttpField.AUTHORIZATION, value), token));
        }
        if (fields.has(HttpField.AUTHENTICATE)) {
            tokens.fromServer(text.decode(fields.get(HttpField.AUTHENTICATE, value), token));
        }
        tokens.write(probe);
    }
}
