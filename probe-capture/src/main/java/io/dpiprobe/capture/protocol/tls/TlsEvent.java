// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Writes the event of a TLS connection from what its two sides have said. */
final class TlsEvent {
    private final Cursor in = new Cursor();
    private final ClientHello clientHello = new ClientHello();
    private final ServerHello serverHello = new ServerHello();
    private final CertificateFields certificate = new CertificateFields();
    private final Ja3 ja3 = new Ja3();
    private final Ja4 ja4 = new Ja4();
    private final Slice name = new Slice();

    void write(HandshakeSide client, HandshakeSide server, String carrier, Session session) {
        boolean hasClient = clientHello.read(client.hello().read(in)) == Verdict.OK;
        boolean hasServer = serverHello.read(server.hello().read(in)) == Verdict.OK;
        boolean isNamed = !client.hello().isEmpty() && TlsVersion.isKnown(clientHello.legacyVersion);
        if (!isNamed && !hasServer) {
            return;
        }
        JsonWriter json = session.begin(EventType.TLS, Direction.TO_SERVER).beginObject("tls");
        if (!server.certificate().isEmpty()) {
            certificate.write(json, server.certificate());
        } else if (isResumed(server, hasServer)) {
            json.bool("session_resumed", true);
        }
        if (!client.certificate().isEmpty()) {
            json.beginObject("client");
            certificate.write(json, client.certificate());
            json.endObject();
        }
        if (isNamed && !clientHello.serverName.isEmpty()) {
            json.wire("sni", clientHello.serverName);
        }
        json.ascii("version", TlsVersion.nameOf(hasServer ? serverHello.version : clientHello.legacyVersion));
        writeFingerprints(json, hasClient, hasServer);
        if (!carrier.isEmpty()) {
            json.ascii("from_proto", carrier);
        }
        writeNames(json, "client_alpns", clientHello.alpn, hasClient);
        writeNames(json, "server_alpns", serverHello.alpn, hasServer);
        json.endObject();
        int marks = HelloMarks.of(hasClient ? clientHello : null, hasServer ? serverHello : null)
                | (isInvalid(client, hasClient) ? HelloMarks.INVALID_CLIENT : 0)
                | (isInvalid(server, hasServer) ? HelloMarks.INVALID_SERVER : 0);
        HelloMarks.write(marks, session.probe());
        session.end();
        writeAnomalies(client, hasClient, Direction.TO_SERVER, session);
        writeAnomalies(server, hasServer, Direction.TO_CLIENT, session);
    }

    private static boolean isInvalid(HandshakeSide side, boolean hasHello) {
        return side.isInvalid() || hasBadHello(side, hasHello);
    }

    private static boolean hasBadHello(HandshakeSide side, boolean hasHello) {
        return !hasHello && !side.hello().isEmpty();
    }

    private static void writeAnomalies(HandshakeSide side, boolean hasHello, Direction from, Session session) {
        long transaction = Math.max(0, session.transactions() - 1);
        if (hasBadHello(side, hasHello)) {
            session.anomaly(from, "INVALID_HANDSHAKE_MESSAGE", transaction);
        }
        if (side.isInvalid()) {
            session.anomaly(from, "INVALID_TLS_HEADER", transaction);
        }
    }

    private void writeFingerprints(JsonWriter json, boolean hasClient, boolean hasServer) {
        if (hasClient) {
            ja3.write(json, clientHello);
        }
        if (hasServer) {
            ja3.write(json, serverHello);
        }
        if (hasClient) {
            ja4.write(json, clientHello, TlsVersion.isDtls(clientHello.legacyVersion) ? Ja4.DTLS : Ja4.TCP);
        }
    }

    /** Without a certificate of its own, a server that changes the cipher goes on with an earlier session. */
    private boolean isResumed(HandshakeSide server, boolean hasServer) {
        return hasServer && server.hasChangedCipher() && !TlsVersion.isTls13(serverHello.version);
    }

    /** RFC 7301, 3.1: names, each behind its length. */
    private void writeNames(JsonWriter json, String field, Slice names, boolean present) {
        if (!present || names.isEmpty()) {
            return;
        }
        json.beginArray(field);
        in.wrap(names);
        while (in.hasRemaining()) {
            in.slice(in.u8(), name);
            if (!in.failed()) {
                json.wireItem(name);
            }
        }
        json.endArray();
    }
}
