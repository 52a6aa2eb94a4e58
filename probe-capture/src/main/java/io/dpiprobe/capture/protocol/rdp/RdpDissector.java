// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;
import io.dpiprobe.capture.protocol.tls.TlsHandshake;

/**
 * Follows the beginning of an RDP connection: request, confirm, and then either a TLS handshake or the first exchange
 * of MCS. What comes later is encrypted.
 */
final class RdpDissector implements Dissector {
    private static final int DATA = 0xf0;
    private static final int CONNECT_INITIAL = 0x7f65;
    private static final int CONNECT_RESPONSE = 0x7f66;
    private static final int TLS_CHANGE_CIPHER_SPEC = 20;
    private static final int TLS_HEARTBEAT = 24;

    private final ConnectionPdu connection = new ConnectionPdu();
    private final ConnectInitial connectInitial = new ConnectInitial();
    private final TlsHandshake tls = new TlsHandshake();
    private final RdpEvent event = new RdpEvent();
    private boolean certificateSeen;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int first = in.peekU8(0);
        if (first >= TLS_CHANGE_CIPHER_SPEC && first <= TLS_HEARTBEAT) {
            return readRecord(from, in, session);
        }
        in.require(in.u8() == Tpkt.VERSION);
        in.skip(1);
        int packet = in.enter(in.u16() - Tpkt.HEADER);
        readPacket(from, in, session);
        in.leave(packet);
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        if (tls.isUnwritten()) {
            tls.write(RdpProtocol.RDP.name(), session);
        }
    }

    @Override
    public void reset() {
        tls.reset();
        certificateSeen = false;
    }

    private void readPacket(Direction from, Cursor in, Session session) {
        in.skip(1); // length indicator
        switch (in.u8()) {
            case ConnectionPdu.REQUEST, ConnectionPdu.CONFIRM -> {
                connection.read(in);
                if (!in.failed()) {
                    event.write(connection, from, session);
                }
            }
            case DATA -> {
                in.skip(1); // end of transmission
                readConnect(from, in, session);
            }
            default -> {}
        }
    }

    private void readConnect(Direction from, Cursor in, Session session) {
        switch (in.u16()) {
            case CONNECT_INITIAL -> {
                Der.skipLength(in);
                connectInitial.read(in);
                if (!in.failed()) {
                    event.write(connectInitial, from, session);
                }
            }
            case CONNECT_RESPONSE -> {
                event.writeConnectResponse(from, session);
                session.finished();
            }
            default -> {}
        }
    }

    private Verdict readRecord(Direction from, Cursor in, Session session) {
        Verdict verdict = tls.readRecord(from, in, session);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        if (tls.hasCertificate() && !certificateSeen) {
            certificateSeen = true;
            event.write(tls, from, session);
        }
        if (tls.isAllSaid()) {
            onEnd(session);
            session.finished();
        }
        return verdict;
    }
}
