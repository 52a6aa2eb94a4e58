// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes what EVE has no place for: what makes the name of the server, or the hellos themselves, not the last word. */
public final class HelloMarks {
    private HelloMarks() {}

    /** Writes {@code probe.tls}, if there is anything to say of either hello. */
    public static void write(@Nullable ClientHello client, @Nullable ServerHello server, JsonWriter probe) {
        boolean encrypted = client != null && client.encryptedHello;
        boolean retry = server != null && server.asksForAnotherHello();
        if (!encrypted && !retry) {
            return;
        }
        probe.beginObject("tls");
        if (encrypted) {
            probe.bool("encrypted_client_hello", true);
        }
        if (retry) {
            probe.bool("hello_retry_request", true);
        }
        probe.endObject();
    }
}
