// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes what EVE has no place for, as bits first: what makes the name of the server, or the hellos themselves, not the
 * last word.
 */
public final class HelloMarks {
    /** What the client sent, or its hello, cannot be read to the end. */
    static final int INVALID_CLIENT = 1;
    /** The same of the server. */
    static final int INVALID_SERVER = 2;

    private static final int ENCRYPTED_HELLO = 4;
    private static final int HELLO_RETRY = 8;

    private HelloMarks() {}

    /** Writes {@code probe.tls}, if there is anything to say of either hello. */
    public static void write(@Nullable ClientHello client, @Nullable ServerHello server, JsonWriter probe) {
        write(of(client, server), probe);
    }

    /** What the hellos themselves say. */
    static int of(@Nullable ClientHello client, @Nullable ServerHello server) {
        int encrypted = client != null && client.encryptedHello ? ENCRYPTED_HELLO : 0;
        return server != null && server.asksForAnotherHello() ? encrypted | HELLO_RETRY : encrypted;
    }

    /** Writes {@code probe.tls}, if there are any marks. */
    static void write(int marks, JsonWriter probe) {
        if (marks == 0) {
            return;
        }
        probe.beginObject("tls");
        write("encrypted_client_hello", marks & ENCRYPTED_HELLO, probe);
        write("hello_retry_request", marks & HELLO_RETRY, probe);
        write("invalid_client", marks & INVALID_CLIENT, probe);
        write("invalid_server", marks & INVALID_SERVER, probe);
        probe.endObject();
    }

    private static void write(String name, int mark, JsonWriter probe) {
        if (mark != 0) {
            probe.bool(name, true);
        }
    }
}
