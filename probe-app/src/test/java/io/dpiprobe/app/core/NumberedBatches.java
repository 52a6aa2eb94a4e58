// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.BatchSource;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Settlement;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Hands out a few numbered batches, and asserts that each is settled once. */
final class NumberedBatches implements BatchSource {
    static final int BATCHES = 20;
    static final int EVENTS = 3;

    private int polled;
    private int settled;
    private int quarantined;

    @Override
    public @Nullable Batch poll() {
        return polled < BATCHES ? new Few(1 + (long) EVENTS * polled++) : null;
    }

    @Override
    public void settle(Batch batch, Settlement settlement) {
        assertThat(settlement.total()).isEqualTo(EVENTS);
        quarantined += settlement.quarantined();
        settled++;
        assertThat(settled).isLessThanOrEqualTo(polled);
    }

    @Override
    public void giveBack(Batch batch) {
        throw new AssertionError("nothing is to be given back");
    }

    boolean isSettled() {
        return settled == BATCHES;
    }

    int quarantined() {
        return quarantined;
    }

    private record Few(long firstSeq) implements Batch {
        private byte[] bytes() {
            String event =
                    "{\"event_type\":\"dns\",\"probe\":{\"id\":\"p\",\"epoch\":\"0000aaaa\",\"lane\":\"high\",\"worker\":0,\"seq\":";
            StringBuilder text = new StringBuilder();
            for (long seq = firstSeq; seq <= lastSeq(); seq++) {
                text.append(event).append(seq).append("}}\n");
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String epoch() {
            return "0000aaaa";
        }

        @Override
        public Lane lane() {
            return Lane.HIGH;
        }

        @Override
        public int worker() {
            return 0;
        }

        @Override
        public long lastSeq() {
            return firstSeq + EVENTS - 1;
        }

        @Override
        public int count() {
            return EVENTS;
        }

        @Override
        public DirectBuffer payload() {
            return new UnsafeBuffer(bytes());
        }

        @Override
        public long ageNs(long nowNs, long wallMs) {
            return 0;
        }

        @Override
        public int payloadLength() {
            return bytes().length;
        }

        @Override
        public Encoding encoding() {
            return Encoding.PLAIN;
        }

        @Override
        public int plainLength() {
            return payloadLength();
        }
    }
}
