// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Follows a TLS connection until both sides have said all they say in clear, and writes one event about it then, or at
 * its end.
 */
final class TlsDissector implements Dissector {
    private final TlsPeer client = new TlsPeer();
    private final TlsPeer server = new TlsPeer();
    private final TlsEvent event = new TlsEvent();
    private boolean written;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Verdict verdict = (from == Direction.TO_SERVER ? client : server).readRecord(in);
        if (verdict == Verdict.OK && isAllSaid()) {
            write(session);
            session.finished();
        }
        return verdict;
    }

    @Override
    public void onEnd(Session session) {
        if (!client.hello().isEmpty() || !server.hello().isEmpty()) {
            write(session);
        }
    }

    @Override
    public void reset() {
        client.reset();
        server.reset();
        written = false;
    }

    /** Up to TLS 1.2 a full handshake ends in clear; a short one, and TLS 1.3, when both sides send data. */
    private boolean isAllSaid() {
        return server.isHelloDone() || (client.hasSentData() && server.hasSentData());
    }

    private void write(Session session) {
        if (!written) {
            written = true;
            session.nextTransaction();
            event.write(client, server, session);
        }
    }
}
