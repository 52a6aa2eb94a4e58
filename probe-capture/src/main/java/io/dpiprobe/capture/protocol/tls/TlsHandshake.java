// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Follows both sides of a TLS connection until they have said all they say in clear, and writes one event about it: for
 * TLS itself, and for protocols that change to it and stay what they are. Reused after {@link #reset()}.
 */
public final class TlsHandshake {
    private final HandshakeSide client = new HandshakeSide();
    private final HandshakeSide server = new HandshakeSide();
    private final TlsPeer clientRecords = new TlsPeer(client);
    private final TlsPeer serverRecords = new TlsPeer(server);
    private final CertificateFields certificate = new CertificateFields();
    private boolean written;

    /** Makes this as new for another connection. */
    public void reset() {
        client.reset();
        server.reset();
        clientRecords.reset();
        serverRecords.reset();
        written = false;
    }

    /**
     * Reads one record. What is no record is the end for its side, and for the connection only if the other has said hello
     * or is lost itself.
     */
    public Verdict readRecord(Direction from, Cursor in, Session session) {
        HandshakeSide side = side(from);
        if (side.isLost()) {
            in.skip(in.remaining());
            return in.verdict();
        }
        Verdict verdict = (from == Direction.TO_SERVER ? clientRecords : serverRecords).readRecord(in);
        if (verdict != Verdict.INVALID) {
            return verdict;
        }
        side.onInvalid();
        Verdict rest = afterLoss(from);
        if (rest == Verdict.OK) {
            session.violated();
        }
        return rest;
    }

    /** Bytes of one side were lost; answers whether the other is of use without them. */
    public Verdict onGap(Direction from) {
        side(from).onLost();
        return afterLoss(from);
    }

    private Verdict afterLoss(Direction from) {
        HandshakeSide other = side(from.opposite());
        return other.hello().isEmpty() && !other.isLost() ? Verdict.OK : Verdict.INVALID;
    }

    private HandshakeSide side(Direction from) {
        return from == Direction.TO_SERVER ? client : server;
    }

    /** True once the server has shown its certificate. */
    public boolean hasCertificate() {
        return !server.certificate().isEmpty();
    }

    /** Points at the serial number of the server's certificate, leading zeros left out; empty if it has none. */
    public void serial(Slice into) {
        certificate.serial(server.certificate(), into);
    }

    /** True once neither side will say more in clear. */
    public boolean isAllSaid() {
        return HandshakeSide.haveSaidAll(client, server);
    }

    /** True if there is something to write that was not written yet. */
    public boolean isUnwritten() {
        return !written && (!client.hello().isEmpty() || !server.hello().isEmpty());
    }

    /**
     * Writes the event.
     *
     * @param carrier the protocol that changed to TLS; empty if none did
     */
    public void write(String carrier, Session session) {
        written = true;
        session.shared(TlsEvent.class, TlsEvent::new).write(client, server, carrier, session);
    }
}
