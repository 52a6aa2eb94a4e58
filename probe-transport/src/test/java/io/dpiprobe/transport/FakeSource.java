// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.BatchSource;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Hands out batches and asserts that each that is in flight is settled once, completely. */
final class FakeSource implements BatchSource {
    private final Deque<FakeBatch> queue = new ArrayDeque<>();
    private final Set<Batch> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Settlement> settlements = new ArrayList<>();
    private long nextSeq = 1;
    private int returned;

    private record FakeBatch(
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

    /** The event of a number, without its line feed. */
    static String event(long seq) {
        return "{\"event_type\":\"dns\",\"probe\":{\"id\":\"p1\",\"epoch\":\"0000aaaa\",\"lane\":\"high\","
                + "\"worker\":0,\"seq\":" + seq + "}}";
    }

    void add(int events) {
        add(events, Encoding.PLAIN);
    }

    void add(int events, Encoding encoding) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events; i++) {
            text.append(event(nextSeq + i)).append('\n');
        }
        byte[] plain = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = encoding == Encoding.ZSTD ? Zstd.compress(plain) : plain;
        DirectBuffer payload = new UnsafeBuffer(bytes);
        queue.add(new FakeBatch("0000aaaa", Lane.HIGH, 0, nextSeq, events, payload, encoding, plain.length));
        nextSeq += events;
    }

    @Override
    public @Nullable Batch poll() {
        FakeBatch batch = queue.poll();
        if (batch != null) {
            inFlight.add(batch);
        }
        return batch;
    }

    @Override
    public void settle(Batch batch, Settlement settlement) {
        assertThat(inFlight.remove(batch)).as("in flight").isTrue();
        assertThat(settlement.total()).isEqualTo(batch.count());
        settlements.add(settlement);
    }

    @Override
    public void giveBack(Batch batch) {
        assertThat(inFlight.remove(batch)).as("in flight").isTrue();
        returned++;
    }

    List<Settlement> settlements() {
        return settlements;
    }

    int returned() {
        return returned;
    }

    boolean isDrained() {
        return queue.isEmpty() && inFlight.isEmpty();
    }
}
