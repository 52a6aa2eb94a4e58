// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.tls.ClientHello;
import io.dpiprobe.capture.protocol.tls.HelloMarks;
import io.dpiprobe.capture.protocol.tls.Ja3;
import io.dpiprobe.capture.protocol.tls.Ja4;
import io.dpiprobe.capture.protocol.tls.ServerHello;
import org.jspecify.annotations.Nullable;

/** Writes the events of a QUIC connection: one of each packet that can be read, by whoever sent it. */
final class QuicEvent {
    private final Cursor in = new Cursor();
    private final ClientHello clientHello = new ClientHello();
    private final ServerHello serverHello = new ServerHello();
    private final HelloExtensions extensions = new HelloExtensions();
    private final Ja3 ja3 = new Ja3();
    private final Ja4 ja4 = new Ja4();
    private final Cyu cyu = new Cyu();

    /** Of a packet that says no more than its version. */
    void write(Direction from, int version, Session session) {
        JsonWriter json = begin(from, version, session);
        end(json, session);
    }

    /** Of the packet that completes the first message of a client; without it if that is not a ClientHello. */
    void writeClientHello(int version, @Nullable CryptoStream stream, Session session) {
        JsonWriter json = begin(Direction.TO_SERVER, version, session);
        if (stream != null && clientHello.read(stream.read(in)) == Verdict.OK) {
            if (!clientHello.serverName().isEmpty()) {
                json.wire("sni", clientHello.serverName());
            }
            ja3.write(json, clientHello);
            ja4.write(json, clientHello, Ja4.QUIC);
            extensions.write(json, clientHello);
            HelloMarks.write(clientHello, null, session.probe());
        }
        end(json, session);
    }

    /** Of the packet that completes the first message of a server; without it if that is not a ServerHello. */
    void writeServerHello(int version, @Nullable CryptoStream stream, Session session) {
        JsonWriter json = begin(Direction.TO_CLIENT, version, session);
        if (stream != null && serverHello.read(stream.read(in)) == Verdict.OK) {
            ja3.write(json, serverHello);
            extensions.write(json, serverHello);
            HelloMarks.write(null, serverHello, session.probe());
        }
        end(json, session);
    }

    /** Of a client's first packet to a server of Google's QUIC. */
    void writeGoogleHello(int version, GoogleHello hello, Session session) {
        JsonWriter json = begin(Direction.TO_SERVER, version, session);
        if (!hello.serverName.isEmpty()) {
            json.wire("sni", hello.serverName);
        }
        if (!hello.userAgent.isEmpty()) {
            json.wire("ua", hello.userAgent);
        }
        if (QuicVersion.hasCyu(version)) {
            cyu.write(json, QuicVersion.googleNumber(version), hello.tags);
        }
        end(json, session);
    }

    private static JsonWriter begin(Direction from, int version, Session session) {
        session.nextTransaction();
        JsonWriter json = session.begin(EventType.QUIC, from).beginObject("quic");
        QuicVersion.write(json, version);
        return json;
    }

    private static void end(JsonWriter json, Session session) {
        json.endObject();
        session.end();
    }
}
