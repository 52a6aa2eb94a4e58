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
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TcpSessionTest {
    private static final int CLIENT_ISN = -3; // so that sequence numbers wrap early
    private static final int SERVER_ISN = 7000;

    private final BufferPool pool = new BufferPool(8L * BufferPool.LARGEST);
    private final TcpSession session = new TcpSession(pool);
    private final Received received = new Received();

    @Test
    void showsBytesOnceTheirReceiverHasAcknowledgedThem() {
        handshake();
        client(0, "hello");
        assertThat(received.text(Direction.TO_SERVER)).isEmpty();

        serverAcks(5);
        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("hello");
    }

    @Test
    void showsBytesAtOnceWhenTheReceiverIsNeverHeard() {
        packet(true, TcpFlags.SYN, -1, -1, "");
        client(0, "one ");
        client(4, "way");

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("one way");
    }

    @Test
    void putsSegmentsInOrderAcrossTheWrapOfSequenceNumbers() {
        handshake();
        client(6, "world");
        client(3, "lo ");
        client(0, "hel");
        serverAcks(11);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("hello world");
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void keepsTheBytesThatCameFirstWhereSegmentsOverlap() {
        handshake();
        client(2, "CDE");
        client(0, "abcdefg");
        client(0, "XXXXXXX");
        serverAcks(7);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abCDEfg");
    }

    @Test
    void noticesSegmentsThatDifferWhereTheyOverlap() {
        handshake();
        client(0, "abc");
        client(0, "abc");
        assertThat(received.anomalies).isEmpty();

        client(0, "aXc");
        client(10, "xyz");
        client(11, "Yz");
        assertThat(received.anomalies)
                .containsExactly(
                        StreamAnomaly.REASSEMBLY_OVERLAP_DIFFERENT_DATA,
                        StreamAnomaly.REASSEMBLY_OVERLAP_DIFFERENT_DATA);
    }

    @Test
    void doesNotBelieveAnAnswerToAnotherSyn() {
        packet(true, TcpFlags.SYN, -1, -1, "");
        packet(false, TcpFlags.SYN | TcpFlags.ACK, 500, 99, "");
        assertThat(received.anomalies).containsExactly(StreamAnomaly.SYNACK_WITH_WRONG_ACK);
        assertThat(session.state()).isEqualTo(TcpState.SYN_SENT);

        packet(false, TcpFlags.SYN | TcpFlags.ACK, -1, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.SYN_RECV);
    }

    @Test
    void doesNotBelieveAResetFromFarAway() {
        handshake();
        packet(true, TcpFlags.RST | TcpFlags.ACK, 1 << 24, 0, "");

        assertThat(received.anomalies).containsExactly(StreamAnomaly.SUSPECTED_RST_INJECT);
        assertThat(session.state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void passesOverBytesThatWereAcknowledgedButNotCaptured() {
        handshake();
        client(0, "abc");
        client(8, "xyz");
        serverAcks(11);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abc<5>xyz");
        assertThat(session.gaps(Direction.TO_SERVER)).isEqualTo(1);
    }

    @Test
    void doesNotTakeTheAcknowledgmentOfAFinForALoss() {
        handshake();
        client(0, "bye");
        packet(true, TcpFlags.FIN | TcpFlags.ACK, 3, 0, "");
        serverAcks(4);

        assertThat(session.state()).isEqualTo(TcpState.FIN_WAIT2);
        assertThat(session.gaps(Direction.TO_SERVER)).isZero();
    }

    @Test
    void showsAgainWhatWasNotDoneWith() {
        handshake();
        received.takes = 0;
        client(0, "ab");
        serverAcks(2);
        received.takes = Integer.MAX_VALUE;
        client(2, "cd");
        serverAcks(4);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abcd");
    }

    @Test
    void onlyCountsBytesThatNobodyWants() {
        handshake();
        received.wanted = false;
        client(0, "secret");
        serverAcks(6);

        assertThat(received.text(Direction.TO_SERVER)).isEmpty();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void marksAConnectionPickedUpMidstream() {
        client(100, "late");
        packet(false, TcpFlags.ACK, 0, 104, "");

        assertThat(session.isMidstream()).isTrue();
        assertThat(session.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("late");
    }

    @Test
    void closesInFourSteps() {
        handshake();
        packet(false, TcpFlags.FIN | TcpFlags.ACK, 0, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.FIN_WAIT1);
        packet(true, TcpFlags.ACK, 0, 1, "");
        assertThat(session.state()).isEqualTo(TcpState.FIN_WAIT2);
        packet(true, TcpFlags.FIN | TcpFlags.ACK, 0, 1, "");
        assertThat(session.state()).isEqualTo(TcpState.LAST_ACK);
        packet(false, TcpFlags.ACK, 1, 1, "");
        assertThat(session.state()).isEqualTo(TcpState.CLOSED);
    }

    @Test
    void believesAResetOnlyNearTheExpectedSequenceNumber() {
        handshake();
        packet(true, TcpFlags.RST, 1 << 24, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.ESTABLISHED);

        packet(true, TcpFlags.RST, 0, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.CLOSED);
    }

    @Test
    void showsEverythingHeldWhenAConnectionIsReset() {
        handshake();
        client(0, "unacknowledged");
        packet(false, TcpFlags.RST, 0, 0, "");

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("unacknowledged");
    }

    @Test
    void isReusedOnlyByANewConnectionAfterTheOldOneClosed() {
        handshake();
        Packet again = decode(true, TcpFlags.SYN, 500, -1, "");
        assertThat(session.isReusedBy(again)).isFalse();

        packet(true, TcpFlags.RST, 0, 0, "");
        assertThat(session.isReusedBy(again)).isTrue();
        assertThat(session.isReusedBy(decode(true, TcpFlags.SYN, -1, -1, ""))).isFalse();
    }

    @Test
    void holdsNoMoreThanOneBufferWhateverArrives() {
        handshake();
        received.takes = 0;
        for (int i = 0; i < 2000; i++) {
            client(i * 1000 + 1, "x".repeat(1000));
        }

        assertThat(pool.lentBytes()).isLessThanOrEqualTo(BufferPool.LARGEST);
    }

    @Test
    void reassemblesAnyOrderOfAnySegmentation() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            session.reset();
            received.clear();
            handshake();
            String text = randomText(random, 1 + random.nextInt(5000));
            for (int from : shuffledStarts(random, text.length())) {
                client(from, text.substring(from, Math.min(text.length(), from + 200)));
            }
            serverAcks(text.length());
            assertThat(received.text(Direction.TO_SERVER))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(text);
            assertThat(pool.lentBytes()).as("seed %d round %d", seed, round).isZero();
        }
    }

    /** Starts of segments of 200 bytes that leave nothing out, each moved by a few places. */
    private static List<Integer> shuffledStarts(Random random, int length) {
        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at < length; at += 1 + random.nextInt(200)) {
            starts.add(Math.max(0, starts.size() - random.nextInt(8)), at);
        }
        return starts;
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private void handshake() {
        packet(true, TcpFlags.SYN, -1, -1, "");
        packet(false, TcpFlags.SYN | TcpFlags.ACK, -1, 0, "");
        packet(true, TcpFlags.ACK, 0, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.ESTABLISHED);
    }

    private void client(int offset, String text) {
        packet(true, TcpFlags.ACK, offset, 0, text);
    }

    private void serverAcks(int offset) {
        packet(false, TcpFlags.ACK, 0, offset, "");
    }

    /** A packet whose numbers count from the first byte of payload each way. */
    private void packet(boolean fromClient, int flags, int offset, int ackOffset, String text) {
        Direction direction = fromClient ? Direction.TO_SERVER : Direction.TO_CLIENT;
        session.onPacket(decode(fromClient, flags, offset, ackOffset, text), direction, received);
    }

    private static Packet decode(boolean fromClient, int flags, int offset, int ackOffset, String text) {
        int seq = (fromClient ? CLIENT_ISN : SERVER_ISN) + 1 + offset;
        boolean acks = (flags & TcpFlags.ACK) != 0;
        int ack = acks ? (fromClient ? SERVER_ISN : CLIENT_ISN) + 1 + ackOffset : 0;
        byte[] frame = PacketBytes.from("10.0.0.1", 1)
                .to("10.0.0.2", 2)
                .tcp(flags, seq, ack, text.getBytes(StandardCharsets.US_ASCII));
        Packet packet = new Packet();
        assertThat(new Decoder(Checksums.IGNORED).decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet))
                .isNull();
        return packet;
    }

    /** Takes bytes as text, with gaps as their length in angle brackets. */
    private static final class Received implements StreamConsumer {
        private final StringBuilder toServer = new StringBuilder();
        private final StringBuilder toClient = new StringBuilder();
        private final List<StreamAnomaly> anomalies = new ArrayList<>();
        private int takes = Integer.MAX_VALUE;
        private boolean wanted = true;

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
            of(from).append(new String(copy, StandardCharsets.US_ASCII));
            return taken;
        }

        @Override
        public boolean takeRepeat() {
            return false;
        }

        @Override
        public void onGap(Direction from, long lost) {
            of(from).append('<').append(lost).append('>');
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
