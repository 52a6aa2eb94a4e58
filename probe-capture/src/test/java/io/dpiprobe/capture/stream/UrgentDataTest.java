// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application reads the urgent byte apart from the others: what hides a word from a sensor does not hide it here. */
class UrgentDataTest extends TcpPlay {
    @BeforeEach
    void open() {
        handshake();
    }

    @Test
    void takesOutTheByteBeforeTheUrgentPointer() {
        client(0, "GET /mal");
        clientUrgently(8, 1, "X");
        client(9, "icious");
        serverAcks(15);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("GET /malicious");
    }

    @Test
    void takesOutOneByteHoweverManyAreUrgent() {
        clientUrgently(0, 3, "abcdef");
        serverAcks(6);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abdef");
    }

    @Test
    void waitsForAnUrgentByteThatALaterSegmentBrings() {
        clientUrgently(0, 5, "abc");
        serverAcks(3);
        client(3, "def");
        serverAcks(6);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abcdf");
    }

    @Test
    void takesItOutOfWhatIsShownAgain() {
        received.takes = 0;
        client(0, "abc");
        serverAcks(3);
        clientUrgently(3, 1, "X");
        received.takes = Integer.MAX_VALUE;
        client(4, "def");
        serverAcks(7);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abcdef");
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void leavesWhatHasComeBeforeItWasCalledUrgent() {
        client(0, "abc");
        serverAcks(3);
        clientUrgently(0, 2, "abc");
        client(3, "def");
        serverAcks(6);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abcdef");
    }

    @Test
    void goesOnBehindAHoleThatSwallowedIt() {
        clientUrgently(0, 5, "abc");
        client(8, "ijk");
        serverAcks(11);

        assertThat(received.text(Direction.TO_SERVER)).isEqualTo("abc<5>ijk");
    }
}
