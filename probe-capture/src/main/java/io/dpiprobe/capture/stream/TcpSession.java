// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.FlowState;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.TcpFlags;
import org.jspecify.annotations.Nullable;

/**
 * Follows one TCP connection: its state, and both of its streams.
 *
 * <p>Bytes are shown to the consumer once their receiver has acknowledged them, so that what is dissected is what the
 * receiver has seen and a forged segment that never arrives does not mislead. If the receiver is never heard (traffic
 * captured one way only) they are shown as they come. Reused for other connections.
 */
public final class TcpSession {
    /** Bytes waiting behind a hole or for an acknowledgment after which they are shown without one. */
    @Bound(
            of = "bytes that wait for an acknowledgment, for each direction",
            then = "they are read without one",
            unit = Bound.Unit.BYTES)
    static final int MAX_UNACKED = 256 * 1024;
    /** A reset further than this from the expected sequence number is not believed. */
    @Bound(
            of = "bytes that a reset may lie from the expected sequence number",
            then = "it is not believed",
            unit = Bound.Unit.BYTES)
    private static final int RESET_WINDOW = 1 << 20;
    /** An acknowledgment this far beyond what was captured is not believed; no window is larger (RFC 7323, 2.3). */
    @Bound(of = "bytes that an acknowledgment may lie ahead", then = "it is not believed", unit = Bound.Unit.BYTES)
    private static final int MAX_ACK_AHEAD = 1 << 30;

    private final HandshakeTimes times = new HandshakeTimes();
    private final TcpStream toServer;
    /** Made when the server is first heard or answered, since of a scan most never are. */
    private @Nullable TcpStream toClient;

    private TcpState state = TcpState.NONE;
    private boolean midstream;
    private boolean clientSynSeen;
    private int clientSyn;
    private short clientFlags;
    private short serverFlags;
    private boolean clientHeard;
    private boolean serverHeard;

    public TcpSession(BufferPool pool) {
        toServer = new TcpStream(Direction.TO_SERVER, pool);
    }

    /** Forgets the connection and gives back what it held. */
    public void reset() {
        toServer.reset();
        if (toClient != null) {
            toClient.reset();
        }
        state = TcpState.NONE;
        midstream = false;
        clientSynSeen = false;
        times.reset();
        clientFlags = 0;
        serverFlags = 0;
        clientHeard = false;
        serverHeard = false;
    }

    /** Takes in one packet of the connection. */
    public void onPacket(Packet packet, Direction direction, StreamConsumer consumer) {
        if ((clientFlags | serverFlags) == 0) {
            onFirst(packet, direction, consumer);
        }
        if (direction == Direction.TO_SERVER) {
            clientFlags = (short) (clientFlags | packet.tcpFlags());
            clientHeard = true;
        } else {
            serverFlags = (short) (serverFlags | packet.tcpFlags());
            serverHeard = true;
        }
        TcpStream out = stream(direction);
        if (has(packet, TcpFlags.SYN)) {
            onSyn(packet, direction, out, consumer);
        } else if (!out.isStarted()) {
            pickUp(packet, out);
        }
        if (has(packet, TcpFlags.ACK)) {
            onAck(packet, direction, stream(direction.opposite()), consumer);
        } else if (packet.ack() != 0) {
            consumer.onAnomaly(direction, StreamAnomaly.PKT_BROKEN_ACK);
        }
        if (packet.payloadLength() > 0) {
            onPayload(packet, direction, out, consumer);
        }
        deliverRepeated(consumer);
        if (has(packet, TcpFlags.RST)) {
            onReset(packet, direction, out, consumer);
        } else if (has(packet, TcpFlags.FIN)) {
            onFin(packet, out);
        }
    }

    /** The connection is over: shows what is still held. */
    public void finish(StreamConsumer consumer) {
        finishBoth(consumer);
        consumer.takeRepeat();
        finishBoth(consumer);
    }

    private void finishBoth(StreamConsumer consumer) {
        toServer.finish(consumer);
        if (toClient != null) {
            toClient.finish(consumer);
        }
    }

    /** True if this packet opens another connection between the same ports. */
    public boolean isReusedBy(Packet packet) {
        boolean synAlone = (packet.tcpFlags() & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
        return synAlone && state.flowState() == FlowState.CLOSED && packet.seq() != clientSyn;
    }

    public TcpState state() {
        return state;
    }

    /** True if the beginning was not captured. */
    public boolean isMidstream() {
        return midstream;
    }

    /** Control bits seen in one direction. */
    public int flags(Direction direction) {
        return direction == Direction.TO_SERVER ? clientFlags : serverFlags;
    }

    /** Gaps in one direction. */
    public long gaps(Direction direction) {
        return isSilent(direction) ? 0 : stream(direction).gaps();
    }

    /** Segments of one direction that brought nothing new. */
    public long retransmitted(Direction direction) {
        return isSilent(direction) ? 0 : stream(direction).retransmitted();
    }

    /** Round-trip times seen in the handshake. */
    public HandshakeTimes times() {
        return times;
    }

    private static void onFirst(Packet packet, Direction direction, StreamConsumer consumer) {
        if (has(packet, TcpFlags.RST)) {
            consumer.onAnomaly(direction, StreamAnomaly.RST_BUT_NO_SESSION);
        } else if ((packet.tcpFlags() & (TcpFlags.FIN | TcpFlags.SYN)) == TcpFlags.FIN) {
            consumer.onAnomaly(direction, StreamAnomaly.FIN_BUT_NO_SESSION);
        }
    }

    private void onSyn(Packet packet, Direction direction, TcpStream out, StreamConsumer consumer) {
        if (direction == Direction.TO_CLIENT && clientSynSeen && !acknowledgesSyn(packet)) {
            consumer.onAnomaly(direction, StreamAnomaly.SYNACK_WITH_WRONG_ACK);
            return; // the client will not believe it either
        }
        boolean asksAnew = state == TcpState.SYN_SENT && packet.seq() != clientSyn;
        if (!out.isStarted() || (direction == Direction.TO_SERVER && asksAnew)) {
            out.reset();
            out.startAt(packet.seq() + 1);
        }
        if (direction == Direction.TO_SERVER) {
            clientSynSeen = true;
            clientSyn = packet.seq();
            times.onSyn(packet.timestampNs());
            if (state == TcpState.NONE) {
                state = TcpState.SYN_SENT;
            }
        } else if (state == TcpState.NONE || state == TcpState.SYN_SENT) {
            midstream |= !clientSynSeen;
            state = TcpState.SYN_RECV;
            times.onSynAck(packet.timestampNs());
        }
    }

    /** The answer to a SYN acknowledges it, and may acknowledge data sent with it (RFC 7413). */
    private boolean acknowledgesSyn(Packet packet) {
        int beyond = packet.ack() - (clientSyn + 1);
        return !has(packet, TcpFlags.ACK) || (beyond >= 0 && beyond <= toServer.nextSeq() - (clientSyn + 1));
    }

    private void pickUp(Packet packet, TcpStream out) {
        midstream |= !clientSynSeen;
        out.startAt(packet.seq());
        if (state == TcpState.NONE && !has(packet, TcpFlags.RST)) {
            state = TcpState.ESTABLISHED;
        }
    }

    private void onAck(Packet packet, Direction direction, TcpStream back, StreamConsumer consumer) {
        if (state == TcpState.SYN_RECV && direction == Direction.TO_SERVER) {
            state = TcpState.ESTABLISHED;
            times.onAck(packet.timestampNs());
        }
        if (has(packet, TcpFlags.RST)) {
            return; // its acknowledgment number is often nonsense
        }
        if (!back.isStarted()) {
            back.startAt(packet.ack());
        }
        if (packet.ack() - back.nextSeq() <= MAX_ACK_AHEAD) {
            onAcked(packet.ack(), back, stream(direction), consumer);
        } else {
            consumer.onAnomaly(direction, StreamAnomaly.PKT_INVALID_ACK);
        }
        if (state != TcpState.CLOSED
                && (toServer.isFinSeen() || stream(Direction.TO_CLIENT).isFinSeen())) {
            state = closingState();
        }
    }

    /** What one side says behind bytes that it has and that are not captured yet waits for them: an answer, perhaps. */
    private static void onAcked(int ack, TcpStream back, TcpStream out, StreamConsumer consumer) {
        back.ackedUpTo(ack);
        if (back.isAckAhead() || !out.isAckAhead()) {
            back.deliverAcked(consumer);
        }
        while (back.passHole(consumer)) {
            out.deliverAcked(consumer);
            back.deliverAcked(consumer);
        }
    }

    private void onPayload(Packet packet, Direction direction, TcpStream out, StreamConsumer consumer) {
        int seq = packet.seq() + (has(packet, TcpFlags.SYN) ? 1 : 0); // data on SYN: RFC 7413
        int length = packet.payloadLength();
        if (!consumer.wants(direction)) {
            out.skip(seq, length + packet.missingPayload());
            return;
        }
        if (out.isOutOfReach(seq)) {
            out.resumeAt(seq, consumer);
        }
        if (out.conflictsWith(seq, packet.bytes(), packet.payloadOffset(), length)) {
            consumer.onAnomaly(direction, StreamAnomaly.REASSEMBLY_OVERLAP_DIFFERENT_DATA);
        }
        boolean awaited = out.isAckAhead();
        if (has(packet, TcpFlags.URG) && packet.urgentPointer() > 0) {
            out.urgentBefore(seq + packet.urgentPointer()); // as systems do, whatever RFC 9293, 3.8.5, meant (RFC 6093)
        }
        out.add(seq, packet.bytes(), packet.payloadOffset(), length);
        if (awaited && !out.isAckAhead()) {
            out.deliverAcked(consumer);
            stream(direction.opposite()).deliverAcked(consumer);
        }
        if (!(direction == Direction.TO_SERVER ? serverHeard : clientHeard)) {
            out.deliverInOrder(consumer);
        }
        if (out.unacked() > MAX_UNACKED) {
            out.deliverAll(consumer);
        }
    }

    /** What one direction has shown may let the consumer make sense of what it left in the other. */
    private void deliverRepeated(StreamConsumer consumer) {
        if (consumer.takeRepeat()) {
            toServer.deliverAcked(consumer);
            stream(Direction.TO_CLIENT).deliverAcked(consumer);
        }
    }

    private void onReset(Packet packet, Direction direction, TcpStream out, StreamConsumer consumer) {
        if (packet.payloadLength() > 0) {
            consumer.onAnomaly(direction, StreamAnomaly.RST_WITH_DATA);
        }
        if (Math.abs(packet.seq() - out.nextSeq()) > RESET_WINDOW) {
            consumer.onAnomaly(direction, StreamAnomaly.SUSPECTED_RST_INJECT);
            return;
        }
        state = TcpState.CLOSED;
        finish(consumer);
    }

    private void onFin(Packet packet, TcpStream out) {
        if (!out.isFinSeen()) {
            out.finAt(packet.seq() + packet.payloadLength() + packet.missingPayload());
        }
        if (state != TcpState.CLOSED) {
            state = closingState();
        }
    }

    private TcpState closingState() {
        TcpStream back = stream(Direction.TO_CLIENT);
        int ends = (toServer.isFinSeen() ? 1 : 0) + (back.isFinSeen() ? 1 : 0);
        int acked = (toServer.isFinAcked() ? 1 : 0) + (back.isFinAcked() ? 1 : 0);
        if (ends == 1) {
            return acked == 0 ? TcpState.FIN_WAIT1 : TcpState.FIN_WAIT2;
        }
        return acked == 0 ? TcpState.CLOSING : acked == 1 ? TcpState.LAST_ACK : TcpState.CLOSED;
    }

    private TcpStream stream(Direction direction) {
        if (direction == Direction.TO_SERVER) {
            return toServer;
        }
        TcpStream stream = toClient;
        if (stream == null) {
            stream = toServer.back();
            toClient = stream;
        }
        return stream;
    }

    private boolean isSilent(Direction direction) {
        return direction == Direction.TO_CLIENT && toClient == null;
    }

    private static boolean has(Packet packet, int flag) {
        return (packet.tcpFlags() & flag) != 0;
    }
}
