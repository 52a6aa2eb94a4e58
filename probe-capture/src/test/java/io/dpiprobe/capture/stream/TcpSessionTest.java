// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TcpSessionTest extends TcpPlay {
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
    @Tag("limit:TcpSession.MAX_ACK_AHEAD")
    void doesNotBelieveAnAnswerToAnotherSyn() {
        packet(true, TcpFlags.SYN, -1, -1, "");
        packet(false, TcpFlags.SYN | TcpFlags.ACK, 500, 99, "");
        assertThat(received.anomalies).containsExactly(StreamAnomaly.SYNACK_WITH_WRONG_ACK);
        assertThat(session.state()).isEqualTo(TcpState.SYN_SENT);

        packet(false, TcpFlags.SYN | TcpFlags.ACK, -1, 0, "");
        assertThat(session.state()).isEqualTo(TcpState.SYN_RECV);
    }

    @Test
    @Tag("limit:TcpSession.RESET_WINDOW")
    void doesNotBelieveAResetFromFarAway() {
        handshake();
        packet(true, TcpFlags.RST | TcpFlags.ACK, 1 << 24, 0, "");

        assertThat(received.anomalies).containsExactly(StreamAnomaly.SUSPECTED_RST_INJECT);
        assertThat(session.state()).isEqualTo(TcpState.ESTABLISHED);
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
    @Tag("limit:TcpStream.MAX_HELD")
    @Tag("limit:BufferPool.LARGEST")
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

    @Test
    @Tag("limit:Ranges.MAX")
    void holdsSoManySegmentsApart() {
        handshake();
        for (int i = 0; i < 2 * Ranges.MAX; i++) {
            client(2 * i + 1, "x");
        }
        for (int i = 0; i <= TcpStream.MAX_ACKS_AHEAD; i++) {
            serverAcks(4 * Ranges.MAX);
        }

        assertThat(received.text(Direction.TO_SERVER).chars().filter(c -> c == 'x'))
                .hasSize(Ranges.MAX);
    }
}
