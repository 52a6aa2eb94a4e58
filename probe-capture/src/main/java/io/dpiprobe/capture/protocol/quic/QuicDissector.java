// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Follows a QUIC connection until both sides have said hello and writes an event about each packet up to there, the
 * hellos with what they say; in versions of one maker also about each with a long header behind it, as EVE has it.
 */
final class QuicDissector implements Dissector {
    /** Packets that cannot be opened before the flow is given up: each costs the derivation of keys. */
    @Bound(of = "packets of a flow that cannot be opened", then = "the flow is not dissected further")
    static final int MAX_FAILURES = 16;

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;

    private final CryptoStream client = new CryptoStream();
    private final CryptoStream server = new CryptoStream();
    private @Nullable InitialKeys keys;
    private boolean clientHello;
    private boolean serverHello;
    private boolean retried;
    /** The version of the last packet is one maker's. */
    private boolean isPrivate;

    private int failures;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        QuicWorkshop workshop = session.shared(QuicWorkshop.class, QuicWorkshop::new);
        if (GooglePackets.isOne(in)) {
            workshop.google.read(from, in, session);
            return Verdict.OK;
        }
        while (in.hasRemaining() && (in.peekU8(0) & LongHeader.FORM_BIT) != 0 && goesOn(from)) {
            if (workshop.packet.read(in) != Verdict.OK) {
                return Verdict.INVALID;
            }
            if (!onPacket(from, workshop, session)) {
                break;
            }
        }
        if ((clientHello && serverHello && !isPrivate) || failures >= MAX_FAILURES) {
            session.finished();
        }
        return Verdict.OK;
    }

    @Override
    public void reset() {
        client.clear();
        server.clear();
        keys = null;
        clientHello = false;
        serverHello = false;
        retried = false;
        isPrivate = false;
        failures = 0;
    }

    private boolean goesOn(Direction from) {
        return isPrivate || !hasSaidHello(from);
    }

    private boolean hasSaidHello(Direction from) {
        return from == Direction.TO_SERVER ? clientHello : serverHello;
    }

    /** Answers whether what follows in the datagram can be read. */
    private boolean onPacket(Direction from, QuicWorkshop workshop, Session session) {
        LongHeader packet = workshop.packet;
        if (packet.type == LongHeader.Type.RETRY && from == Direction.TO_CLIENT) {
            onRetry();
        }
        isPrivate = QuicVersion.isPrivate(packet.version);
        if (packet.type != LongHeader.Type.INITIAL || hasSaidHello(from)) {
            workshop.event.write(from, packet.version, session);
            return packet.type != LongHeader.Type.INITIAL;
        }
        boolean opened = open(from, workshop);
        CryptoStream stream = from == Direction.TO_SERVER ? client : server;
        boolean isRead = opened && workshop.readFrames(stream) == Verdict.OK;
        if (QuicVersion.isGoogle(packet.version)) {
            workshop.writeGoogle(from, stream, session);
        } else if (isRead && stream.isComplete()) {
            writeHello(from, workshop, stream, session);
        } else {
            workshop.event.write(from, packet.version, session);
        }
        return opened;
    }

    /** The client begins anew, with other keys; only the first Retry counts (RFC 9000, 17.2.5.2). */
    private void onRetry() {
        if (!retried) {
            retried = true;
            clientHello = false;
            client.clear();
            keys = null;
        }
    }

    /** The keys are those of the client's first packet; if that was not captured or not the first, of a later one. */
    private boolean open(Direction from, QuicWorkshop workshop) {
        LongHeader packet = workshop.packet;
        if (InitialSalt.of(packet.version) == null) {
            return false;
        }
        InitialKeys known = keys;
        if (known != null && openWith(inVersion(packet.version, known, workshop), from, workshop)) {
            return true;
        }
        boolean isAnother = known == null || !known.areFrom(packet.destinationId);
        if (from == Direction.TO_SERVER && isAnother && openFresh(packet, workshop)) {
            return true;
        }
        failures++;
        return false;
    }

    /** A server may answer in another version, with keys from the same connection id (RFC 9368, 2.3). */
    private static @Nullable InitialKeys inVersion(int version, InitialKeys known, QuicWorkshop workshop) {
        boolean isSame = known.version() == version || QuicVersion.isReserved(version);
        return isSame ? known : workshop.derivation.derive(version, known);
    }

    /** Clients that provoke a negotiation keep to the rules of a version that they know: the last, or long the 29th draft. */
    private boolean openFresh(LongHeader packet, QuicWorkshop workshop) {
        KeyDerivation derivation = workshop.derivation;
        return openWith(derivation.derive(packet.version, packet.destinationId), Direction.TO_SERVER, workshop)
                || (QuicVersion.isReserved(packet.version)
                        && openWith(
                                derivation.derive(QuicVersion.DRAFT_29, packet.destinationId),
                                Direction.TO_SERVER,
                                workshop));
    }

    private boolean openWith(@Nullable InitialKeys candidate, Direction from, QuicWorkshop workshop) {
        if (candidate == null || !workshop.open(candidate.of(from))) {
            return false;
        }
        keys = candidate;
        return true;
    }

    private void writeHello(Direction from, QuicWorkshop workshop, CryptoStream stream, Session session) {
        int version = workshop.packet.version;
        if (from == Direction.TO_SERVER) {
            workshop.event.writeClientHello(version, stream.type() == CLIENT_HELLO ? stream : null, session);
            clientHello = !QuicVersion.isReserved(version);
            if (!clientHello) {
                stream.clear(); // the negotiation makes it begin anew
            }
        } else {
            serverHello = true;
            workshop.event.writeServerHello(version, stream.type() == SERVER_HELLO ? stream : null, session);
        }
    }
}
