// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;
import io.dpiprobe.capture.protocol.ntlm.SecurityTokens;
import org.jspecify.annotations.Nullable;

/**
 * Says how a bind proves who binds (RFC 4511, 4.2): with a password in clear text, or with NTLM or Kerberos. Shared by
 * the flows of a worker.
 */
final class Bind {
    private final SecurityTokens tokens = new SecurityTokens();
    private final Cursor in = new Cursor();
    private final Slice value = new Slice();

    /** Writes an {@code auth} object for a bind and the answer to it, if there is one. */
    void write(Slice request, @Nullable Message last, JsonWriter probe) {
        in.wrap(request);
        Der.skip(in); // version
        Der.slice(in, Der.OCTET_STRING, value);
        boolean named = !value.isEmpty();
        switch (Der.peekTag(in)) {
            case Requests.SIMPLE -> {
                in.skip(1);
                writePassword(in.u8() != 0 ? "simple" : named ? "unauthenticated" : "anonymous", probe);
            }
            case Requests.SASL -> writeSasl(last, probe);
            case Requests.SICILY_RESPONSE -> {
                Der.slice(in, value);
                tokens.clear();
                tokens.fromClient(value);
                tokens.write(probe);
            }
            default -> {}
        }
    }

    private void writeSasl(@Nullable Message last, JsonWriter probe) {
        Der.skipTagAndLength(in);
        Der.slice(in, Der.OCTET_STRING, value);
        if (value.equalsIgnoreCase("PLAIN")) {
            writePassword("plain", probe);
            return;
        }
        tokens.clear();
        if (in.hasRemaining()) {
            Der.slice(in, value);
            tokens.fromClient(value);
        }
        if (last != null) {
            in.wrap(last.content);
            Der.skip(in); // resultCode
            Der.skip(in); // matchedDN
            Der.skip(in); // diagnosticMessage
            if (Der.peekTag(in) == Responses.SERVER_SASL_CREDS) {
                Der.slice(in, value);
                tokens.fromServer(value);
            }
        }
        tokens.write(probe);
    }

    private static void writePassword(String method, JsonWriter probe) {
        boolean clear = method.equals("simple") || method.equals("plain");
        probe.beginObject("auth").ascii("method", method);
        probe.bool("clear_text_password", clear).endObject();
    }
}
