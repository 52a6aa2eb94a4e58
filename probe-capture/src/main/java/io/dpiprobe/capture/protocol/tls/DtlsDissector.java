// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Follows a DTLS association until both sides have said all they say in clear, and writes one event about it then, or at
 * its end.
 */
final class DtlsDissector implements Dissector {
    private final HandshakeSide client = new HandshakeSide();
    private final HandshakeSide server = new HandshakeSide();
    private final DtlsPeer clientRecords = new DtlsPeer(client);
    private final DtlsPeer serverRecords = new DtlsPeer(server);
    private boolean written;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Verdict verdict = (from == Direction.TO_SERVER ? clientRecords : serverRecords).read(in);
        if (HandshakeSide.haveSaidAll(client, server)) {
            onEnd(session);
            session.finished();
        }
        return verdict;
    }

    @Override
    public void onEnd(Session session) {
        if (!written && !(client.hello().isEmpty() && server.hello().isEmpty())) {
            written = true;
            session.nextTransaction();
            session.shared(TlsEvent.class, TlsEvent::new).write(client, server, "", session);
        }
    }

    @Override
    public void reset() {
        client.reset();
        server.reset();
        clientRecords.reset();
        serverRecords.reset();
        written = false;
    }
}
