// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private final InspectorStatistics statistics = new InspectorStatistics();
    private final Expectations expectations = new Expectations(statistics);

    @Test
    @Tag("limit:Expectations.WAYS")
    void forgetsTheOldestOfASet() {
        for (int i = 0; i < Expectations.WAYS; i++) {
            announce(2121 + i * Expectations.SETS, i);
        }
        assertThat(statistics.expectationsEvicted()).isZero();

        announce(2121, Expectations.WAYS);

        assertThat(statistics.expectationsEvicted()).isEqualTo(1);
    }

    @Test
    @Tag("limit:Expectations.SETS")
    void holdsSoManyOverAllPorts() {
        int room = Expectations.SETS * Expectations.WAYS;
        for (int port = 1024; port < 1024 + room; port++) {
            announce(port, port);
        }
        assertThat(statistics.expectationsEvicted()).isZero();

        announce(9, room);

        assertThat(statistics.expectationsEvicted()).isEqualTo(1);
    }

    @Test
    @Tag("limit:Expectation.MAX_NOTE_BYTES")
    void keepsSoMuchOfANote() {
        Expectation expectation = announce(2121, 0);
        expectation.note(new Slice().wrap(new UnsafeBuffer(new byte[10_000]), 0, 10_000));

        Slice note = new Slice();
        expectation.readNote(note);

        assertThat(note.length()).isEqualTo(Expectation.MAX_NOTE_BYTES);
    }

    private Expectation announce(int port, long nowNs) {
        return expectations.announce("ftp-data", new Flow(), Direction.TO_CLIENT, port, nowNs);
    }
}
