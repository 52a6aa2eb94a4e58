// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkMeterTest {
    private static final int MIB = 1024 * 1024;

    private final WorkMeter meter = new WorkMeter();

    @Test
    @Tag("limit:WorkMeter.ALLOWED_RATIO")
    void allowsAFixedShareAndMoreToThoseWhoAreRead() {
        for (int i = 0; i < 64; i++) {
            assertThat(meter.onShownInVain(MIB)).isTrue();
        }
        assertThat(meter.onShownInVain(1)).isFalse();

        meter.onRead(MIB);
        assertThat(meter.onShownInVain(WorkMeter.ALLOWED_RATIO * MIB - 1)).isTrue();
        assertThat(meter.onShownInVain(1)).isFalse();
    }

    /** A parser that wants ever more of what comes byte by byte would read the first byte again with each. */
    @Test
    @Tag("limit:WorkMeter.ALLOWED_BYTES")
    void stopsAParserThatNeverHasEnough() {
        Protocol greedy = Protocol.tcp("greedy", (from, in) -> Verdict.OK, Greedy::new, 7);
        Dialogue dialogue = Dialogue.tcp(7, new Registry(List.of(greedy)));
        dialogue.clientByteByByte(new byte[12_000]);

        InspectorStatistics counted = dialogue.statistics().inspector();
        assertThat(counted.overworked()).isEqualTo(1);
        assertThat(counted.shownAgainBytes()).isBetween(WorkMeter.ALLOWED_BYTES, WorkMeter.ALLOWED_BYTES + 12_000);
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }

    private static final class Greedy implements Dissector {
        @Override
        public Verdict onData(Direction from, Cursor in, Session session) {
            in.skip(in.remaining() + 1);
            return in.verdict();
        }

        @Override
        public void reset() {}
    }
}
