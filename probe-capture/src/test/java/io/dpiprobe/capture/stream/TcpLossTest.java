// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.TcpFlags;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TcpLossTest extends TcpPlay {
    @Test
    void awaitsBytesWhoseAcknowledgmentWasCapturedBeforeThem() {
        handshake();
        client(0, "abc");
        serverAcks(6);
        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abc");

        client(3, "def");
        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abcdef");
        assertThat(session.gaps(Direction.TO_SERVER)).isZero();
    }

    @Test
    @Tag("limit:TcpStream.MAX_ACKS_AHEAD")
    void awaitsBytesAcknowledgedAheadForSoManyPacketsOnly() {
        handshake();
        for (int i = 0; i < TcpStream.MAX_ACKS_AHEAD; i++) {
            serverAcks(5);
        }
        assertThat(received.text(Direction.TO_SERVER)).isEmpty();

        serverAcks(5);
        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("<5>");
    }

    @Test
    void awaitsBytesAcknowledgedAheadUntilTheConnectionIsOver() {
        handshake();
        client(0, "abc");
        serverAcks(8);
        session.finish(received);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abc<5>");
    }

    @Test
    void showsTheAnswerToBytesThatAreAwaitedBehindThem() {
        handshake();
        packet(false, TcpFlags.ACK, 0, 3, "answer");
        packet(true, TcpFlags.ACK, 3, 6, "");
        assertThat(received.order).isEmpty();

        client(0, "ask");
        assertThat(received.order).containsExactly("ask", "answer");
    }

    @Test
    void showsTheAnswerToLostBytesBetweenTheLossAndWhatFollows() {
        handshake();
        packet(false, TcpFlags.ACK, 0, 3, "one");
        packet(true, TcpFlags.ACK, 3, 3, "next");
        packet(false, TcpFlags.ACK, 3, 7, "two");
        packet(true, TcpFlags.ACK, 7, 6, "");

        assertThat(received.order).containsExactly("<3>", "one", "next", "two");
    }

    @Test
    @Tag("limit:TcpSession.MAX_UNACKED")
    void holdsNoMoreWhileBothSidesAwaitBytes() {
        handshake();
        for (int i = 1; i < 5000; i++) {
            packet(true, TcpFlags.ACK, i * 3000, i * 3000 - 1000, "x".repeat(1000));
            packet(false, TcpFlags.ACK, i * 3000, i * 3000 - 1000, "y".repeat(1000));
            assertThat(pool.lentBytes()).isLessThanOrEqualTo(2L * TcpSession.MAX_UNACKED);
        }
        assertThat(received.order.size()).isGreaterThan(19_000);
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
}
