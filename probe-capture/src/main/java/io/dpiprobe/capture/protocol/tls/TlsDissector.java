// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Follows a TLS connection until both sides have said all they say in clear, and writes one event about it then, or at
 * its end.
 */
final class TlsDissector implements Dissector {
    private final TlsHandshake handshake = new TlsHandshake();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Verdict verdict = handshake.readRecord(from, in, session);
        if (verdict == Verdict.OK && handshake.isAllSaid()) {
            onEnd(session);
            session.finished();
        }
        return verdict;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        return handshake.onGap(from);
    }

    @Override
    public void onEnd(Session session) {
        if (handshake.isUnwritten()) {
            session.nextTransaction();
            Protocol before = session.originalProtocol();
            handshake.write(before == null ? "" : before.name(), session);
        }
    }

    @Override
    public void reset() {
        handshake.reset();
    }
}
