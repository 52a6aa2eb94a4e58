// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Plays the packets of one connection to a session, counted from the first byte of payload each way. */
abstract class TcpPlay {
    private static final int CLIENT_ISN = -3; // so that sequence numbers wrap early
    private static final int SERVER_ISN = 7000;
    /** Behind Ethernet, IPv4 without options, and sixteen bytes of TCP and two of its checksum. */
    private static final int URGENT_POINTER_AT = 14 + 20 + 18;

    final BufferPool pool = new BufferPool(8L * BufferPool.LARGEST);
    final TcpSession session = new TcpSession(pool);
    final Received received = new Received();

    void handshake() {
        packet(true, TcpFlags.SYN, -1, -1, "");
        packet(false, TcpFlags.SYN | TcpFlags.ACK, -1, 0, "");
        packet(true, TcpFlags.ACK, 0, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.ESTABLISHED);
    }

    void client(int offset, String text) {
        packet(true, TcpFlags.ACK, offset, 0, text);
    }

    void serverAcks(int offset) {
        packet(false, TcpFlags.ACK, 0, offset, "");
    }

    /** A packet whose numbers count from the first byte of payload each way. */
    void packet(boolean fromClient, int flags, int offset, int ackOffset, String text) {
        Direction direction = fromClient ? Direction.TO_SERVER : Direction.TO_CLIENT;
        session.onPacket(decode(fromClient, flags, offset, ackOffset, text), direction, received);
    }

    /** Sends text of which the byte before {@code urgentPointer} is urgent. */
    void clientUrgently(int offset, int urgentPointer, String text) {
        byte[] frame = frame(true, TcpFlags.ACK | TcpFlags.URG, offset, 0, text);
        frame[URGENT_POINTER_AT] = (byte) (urgentPointer >> 8);
        frame[URGENT_POINTER_AT + 1] = (byte) urgentPointer;
        session.onPacket(decode(frame), Direction.TO_SERVER, received);
    }

    static Packet decode(boolean fromClient, int flags, int offset, int ackOffset, String text) {
        return decode(frame(fromClient, flags, offset, ackOffset, text));
    }

    private static byte[] frame(boolean fromClient, int flags, int offset, int ackOffset, String text) {
        int seq = (fromClient ? CLIENT_ISN : SERVER_ISN) + 1 + offset;
        boolean acks = (flags & TcpFlags.ACK) != 0;
        int ack = acks ? (fromClient ? SERVER_ISN : CLIENT_ISN) + 1 + ackOffset : 0;
        return PacketBytes.from("10.0.0.1", 1)
                .to("10.0.0.2", 2)
                .tcp(flags, seq, ack, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Packet decode(byte[] frame) {
        Packet packet = new Packet();
        assertThat(new Decoder(Checksums.IGNORED).decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet))
                .isNull();
        return packet;
    }

    /** Takes bytes as text, with gaps as their length in angle brackets. */
    static final class Received implements StreamConsumer {
        private final StringBuilder toServer = new StringBuilder();
        private final StringBuilder toClient = new StringBuilder();
        final List<String> order = new ArrayList<>();
        final List<StreamAnomaly> anomalies = new ArrayList<>();
        int takes = Integer.MAX_VALUE;
        boolean wanted = true;

        void clear() {
            toServer.setLength(0);
            toClient.setLength(0);
        }

        String text(Direction direction) {
            return of(direction).toString();
        }

        @Override
        public boolean wants(Direction from) {
            return wanted;
        }

        @Override
        public int onBytes(Direction from, DirectBuffer bytes, int offset, int length) {
            int taken = Math.min(takes, length);
            byte[] copy = new byte[taken];
            bytes.getBytes(offset, copy);
            show(from, new String(copy, StandardCharsets.US_ASCII));
            return taken;
        }

        @Override
        public boolean takeRepeat() {
            return false;
        }

        @Override
        public void onGap(Direction from, long lost) {
            show(from, "<" + lost + ">");
        }

        private void show(Direction from, String text) {
            of(from).append(text);
            order.add(text);
        }

        @Override
        public void onAnomaly(Direction from, StreamAnomaly anomaly) {
            anomalies.add(anomaly);
        }

        private StringBuilder of(Direction direction) {
            return direction == Direction.TO_SERVER ? toServer : toClient;
        }
    }
}
