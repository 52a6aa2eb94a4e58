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
        return polled < BATCHES ? few(1 + (long) EVENTS * polled++) : null;
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

    private static Few few(long firstSeq) {
        StringBuilder text = new StringBuilder();
        for (long seq = firstSeq; seq < firstSeq + EVENTS; seq++) {
            text.append("{\"event_type\":\"dns\",\"probe\":{\"id\":\"p\",\"epoch\":\"0000aaaa\",\"lane\":\"high\",")
                    .append("\"worker\":0,\"seq\":")
                    .append(seq)
                    .append("}}\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new Few(
                "0000aaaa", Lane.HIGH, 0, firstSeq, EVENTS, new UnsafeBuffer(bytes), Encoding.PLAIN, bytes.length);
    }

    private record Few(
            String epoch,
            Lane lane,
            int worker,
            long firstSeq,
            int count,
            DirectBuffer payload,
            Encoding encoding,
            int plainLength)
            implements Batch {
        @Override
        public long lastSeq() {
            return firstSeq + count - 1;
        }

        @Override
        public int payloadLength() {
            return payload.capacity();
        }

        @Override
        public long ageNs(long nowNs, long wallMs) {
            return 0;
        }
    }
}
