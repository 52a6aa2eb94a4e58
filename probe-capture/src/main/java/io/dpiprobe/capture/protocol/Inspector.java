// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.flow.HeapRoom;
import io.dpiprobe.capture.packet.DecodeAnomaly;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.stream.StreamAnomaly;
import io.dpiprobe.capture.stream.StreamConsumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which protocol a flow speaks and lets its dissector read. One per worker; {@link #select} says which flow
 * the following calls are about.
 */
public final class Inspector implements StreamConsumer {
    /** Bytes of one direction in which a protocol must have been recognised: every pattern is shorter. */
    @Bound(
            of = "bytes in which a protocol must be recognised",
            then = "the direction is not dissected",
            unit = Bound.Unit.BYTES)
    static final int DETECTION_BYTES = 1024;
    /** Bytes that wait while the other direction decides: a server may talk long before its client does. */
    @Bound(
            of = "bytes of one side that wait for the other to be recognised",
            then = "the flow is not dissected",
            unit = Bound.Unit.BYTES)
    static final int DETECTION_HELD_BYTES = 16 * 1024;
    /** Datagrams in which a protocol must have been recognised. */
    @Bound(of = "datagrams in which a protocol must be recognised", then = "the flow is not dissected")
    static final int DETECTION_DATAGRAMS = 4;
    /** Longest message a dissector may ask to see at once: three quarters of what reassembly holds. */
    @Bound(
            of = "a message that a dissector may ask to see at once",
            then = "the flow is not dissected further",
            seen = "limit_reached_total{limit=\"message_bytes\"}",
            unit = Bound.Unit.BYTES)
    static final int MAX_MESSAGE_BYTES = 512 * 1024;

    private static final DecodeAnomaly[] DECODE_ANOMALIES = DecodeAnomaly.values();

    private final Registry registry;
    private final DissectorPool pool;
    private final Session session;
    private final Cursor cursor = new Cursor();
    private final InspectorStatistics statistics;
    private final DissectorGuard guard;

    private Flow flow = new Flow();
    private Inspection inspection = new Inspection();
    private boolean repeat;

    public Inspector(Registry registry, Session session, HeapRoom room) {
        this.registry = registry;
        this.pool = new DissectorPool(registry.protocols(), room);
        this.session = session;
        this.statistics = session.statistics();
        this.guard = new DissectorGuard(statistics);
    }

    /** Turns to a flow. */
    public Inspector select(Flow flow, Inspection inspection) {
        this.flow = flow;
        this.inspection = inspection;
        session.of(flow, inspection);
        return this;
    }

    public InspectorStatistics statistics() {
        return statistics;
    }

    /** Time has come to this, nanoseconds since the epoch: writes summaries that are due. */
    public void onTime(long nowNs) {
        session.onTime(nowNs);
    }

    /** The capture is over: writes all summaries. */
    public void onEnd(long nowNs) {
        session.onEnd(nowNs);
    }

    /** Reads one datagram. */
    public void onDatagram(Direction from, Packet packet) {
        if (inspection.isFinished() || packet.payloadLength() == 0) {
            return;
        }
        DirectBuffer bytes = packet.bytes();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        if (inspection.protocol() == null && !recognise(from, bytes, offset, length)) {
            inspection.ruleOut(from);
            if (inspection.nextAttempt() >= DETECTION_DATAGRAMS) {
                inspection.finish();
            }
            return;
        }
        Dissector dissector = inspection.dissector();
        if (dissector == null) {
            return;
        }
        Verdict verdict = guard.onData(dissector, from, cursor.wrap(bytes, offset, length), session);
        if (verdict != Verdict.OK) {
            statistics.onInvalid();
        }
        if (guard.isBroken(dissector)) {
            end();
        } else if (verdict == Verdict.INVALID && isExpectedOther(from, bytes, offset, length)) {
            onDatagram(from, packet);
        }
    }

    /**
     * What was taken for one protocol on a port of another is that other one after all: the first datagram said nothing,
     * or was meant to mislead.
     */
    private boolean isExpectedOther(Direction from, DirectBuffer bytes, int offset, int length) {
        @Nullable Protocol current = inspection.protocol();
        if (current == null || inspection.originalProtocol() != null || expects(current)) {
            return false;
        }
        for (Protocol candidate : registry.candidates(flow.protocol())) {
            if (expects(candidate) && guard.detect(candidate, from, cursor.wrap(bytes, offset, length)) == Verdict.OK) {
                releaseDissector();
                inspection.adopt(candidate, pool.borrow(candidate));
                return true;
            }
        }
        return false;
    }

    private boolean expects(Protocol protocol) {
        return protocol.expects(flow.serverPort()) || protocol.expects(flow.clientPort());
    }

    @Override
    public boolean wants(Direction from) {
        return !inspection.isFinished();
    }

    @Override
    public int onBytes(Direction from, DirectBuffer bytes, int offset, int length) {
        if (inspection.isUndecided()) {
            if (inspection.isRuledOut(from) || !recognise(from, bytes, offset, length)) {
                return undecided(length);
            }
            repeat = true;
        } else if (inspection.isFirstHeard(from)) {
            compare(from, bytes, offset, length);
        }
        return feed(from, bytes, offset, length);
    }

    /** Notes if the other side answers in another protocol than it is spoken to in. */
    private void compare(Direction from, DirectBuffer bytes, int offset, int length) {
        @Nullable Protocol protocol = inspection.protocol();
        if (protocol == null
                || inspection.originalProtocol() != null
                || guard.detect(protocol, from, cursor.wrap(bytes, offset, length)) != Verdict.INVALID) {
            return;
        }
        for (Protocol other : registry.candidates(flow.protocol())) {
            if (other.scope() == Protocol.Scope.ANY_PORT
                    && !other.name().equals(protocol.name())
                    && guard.detect(other, from, cursor.wrap(bytes, offset, length)) == Verdict.OK) {
                inspection.other(from, other);
                session.anomalies().onDetection(flow, from, protocol.name(), inspection.anomalies());
                return;
            }
        }
    }

    @Override
    public boolean takeRepeat() {
        boolean taken = repeat;
        repeat = false;
        return taken;
    }

    @Override
    public void onAnomaly(Direction from, StreamAnomaly anomaly) {
        session.anomalies().onStream(flow, from, anomaly, inspection.anomalies());
    }

    /** What the headers of a packet of the flow get wrong. */
    public void onDecodeAnomalies(Direction from, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            DecodeAnomaly anomaly = DECODE_ANOMALIES[Long.numberOfTrailingZeros(rest)];
            session.anomalies().onPacket(flow, from, anomaly, inspection.anomalies());
        }
    }

    /** What the headers of a packet without a flow get wrong. */
    public void onDecodeAnomalies(Packet packet) {
        for (long rest = packet.anomalies(); rest != 0; rest &= rest - 1) {
            session.anomalies().onPacket(packet, DECODE_ANOMALIES[Long.numberOfTrailingZeros(rest)]);
        }
    }

    @Override
    public void onGap(Direction from, long lost) {
        statistics.onGap();
        onAnomaly(from, StreamAnomaly.REASSEMBLY_SEQ_GAP);
        inspection.markGap();
        inspection.wanted(from, 0);
        Dissector dissector = inspection.dissector();
        if (dissector == null) {
            inspection.ruleOut(from);
        } else if (guard.onGap(dissector, from, lost, session) != Verdict.OK) {
            end();
        }
    }

    /** Both streams have ended: the dissector writes what is open, and nothing more is dissected. */
    public void onStreamsEnd() {
        end();
    }

    /** The flow is over: the dissector writes what is open and is free for another. */
    public void onFlowEnd() {
        releaseDissector();
    }

    private int feed(Direction from, DirectBuffer bytes, int offset, int length) {
        int done = 0;
        while (done < length && !inspection.isFinished()) {
            Dissector dissector = inspection.dissector();
            if (dissector == null || length - done < inspection.wanted(from)) {
                break;
            }
            cursor.wrap(bytes, offset + done, length - done);
            Verdict verdict = guard.onData(dissector, from, cursor, session);
            if (verdict == Verdict.OK) {
                inspection.wanted(from, 0);
                inspection.work().onRead(cursor.consumed());
                done += cursor.consumed();
                if (!follow() && cursor.consumed() == 0) {
                    break;
                }
            } else {
                stopOrWait(verdict, from, length - done);
                break;
            }
        }
        return done;
    }

    private void stopOrWait(Verdict verdict, Direction from, int length) {
        int wanted = Math.max(cursor.wanted(), length + 1);
        if (verdict == Verdict.INVALID) {
            statistics.onInvalid();
        } else if (wanted <= MAX_MESSAGE_BYTES) {
            statistics.onShownAgain(length);
            if (inspection.work().onShownInVain(length)) {
                inspection.wanted(from, wanted);
                return;
            }
            statistics.onOverworked();
        } else {
            statistics.onMessageTooLong();
        }
        end();
    }

    /** Goes on with another protocol if the dissector has said so; true if it has. */
    private boolean follow() {
        String name = inspection.takeHandOver();
        if (name == null) {
            return false;
        }
        Protocol next = registry.named(name, flow.protocol());
        releaseDissector();
        if (name.equals(Session.UNKNOWN_PROTOCOL)) {
            inspection.recogniseAgain();
            repeat = true;
        } else if (next == null) {
            inspection.finish();
        } else {
            inspection.adopt(next, pool.borrow(next));
            repeat = true;
        }
        return true;
    }

    private boolean recognise(Direction from, DirectBuffer bytes, int offset, int length) {
        if (isExpected()) {
            return true;
        }
        boolean undecided = false;
        for (int pass = 0; pass < 2; pass++) {
            for (Protocol candidate : registry.candidates(flow.protocol())) {
                boolean expected = expects(candidate);
                if (expected != (pass == 0) || (pass == 1 && candidate.scope() == Protocol.Scope.OWN_PORTS)) {
                    continue;
                }
                Verdict verdict = guard.detect(candidate, from, cursor.wrap(bytes, offset, length));
                if (verdict == Verdict.OK) {
                    inspection.adopt(candidate, pool.borrow(candidate));
                    inspection.markHeard(from);
                    return true;
                }
                undecided |= verdict == Verdict.NEED_MORE;
            }
        }
        if (!undecided || length >= DETECTION_BYTES) {
            inspection.ruleOut(from);
        }
        return false;
    }

    private boolean isExpected() {
        Expectation expectation = session.claimExpectation();
        @Nullable
        Protocol protocol = expectation == null ? null : registry.named(expectation.protocol(), flow.protocol());
        if (expectation == null || protocol == null) {
            return false;
        }
        Dissector dissector = pool.borrow(protocol);
        dissector.onExpected(expectation);
        flow.parentId(expectation.parentId());
        inspection.adopt(protocol, dissector);
        inspection.markHeard(Direction.TO_SERVER);
        inspection.markHeard(Direction.TO_CLIENT);
        return true;
    }

    /** Keeps the bytes while something may still be recognised: in them, or in the other direction. */
    private int undecided(int length) {
        boolean neither = inspection.isRuledOut(Direction.TO_SERVER) && inspection.isRuledOut(Direction.TO_CLIENT);
        if (neither || length > DETECTION_HELD_BYTES) {
            inspection.finish();
            return length;
        }
        return 0;
    }

    private void end() {
        releaseDissector();
        inspection.finish();
    }

    private void releaseDissector() {
        Dissector dissector = inspection.dissector();
        @Nullable Protocol protocol = inspection.protocol();
        if (dissector != null && protocol != null) {
            if (!guard.isBroken(dissector)) {
                guard.onEnd(dissector, session);
            }
            inspection.dropDissector();
            if (!guard.isBroken(dissector)) {
                pool.giveBack(protocol, dissector);
            }
        }
    }
}
