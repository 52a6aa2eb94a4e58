// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Stands for a batch that the buffer hands out, to be delivered again and again. */
record PreparedBatch(
        String epoch,
        Lane lane,
        int worker,
        long firstSeq,
        int count,
        UnsafeBuffer payload,
        Encoding encoding,
        int plainLength)
        implements Batch {
    private static final int EVENTS = 400;

    /** Makes one as it comes from the disk: compressed already, of the size of a typical one. */
    static PreparedBatch compressed() {
        Random random = new Random(42);
        StringBuilder lines = new StringBuilder();
        for (int seq = 1; seq <= EVENTS; seq++) {
            lines.append("{\"event_type\":\"dns\",\"community_id\":\"1:");
            for (int i = 0; i < 4; i++) {
                lines.append(Long.toHexString(random.nextLong()));
            }
            lines.append("\",\"padding\":\"")
                    .append("0123456789".repeat(30))
                    .append("\",\"probe\":{\"id\":\"bench\",\"lane\":\"high\",\"worker\":0,\"seq\":")
                    .append(seq)
                    .append("}}\n");
        }
        byte[] plain = lines.toString().getBytes(StandardCharsets.US_ASCII);
        return of(EVENTS, Zstd.compress(plain), Encoding.ZSTD, plain.length);
    }

    /** Makes one of these events as it comes from memory. */
    static PreparedBatch plain(List<UnsafeBuffer> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (UnsafeBuffer event : events) {
            lines.writeBytes(event.byteArray());
            lines.write('\n');
        }
        return of(events.size(), lines.toByteArray(), Encoding.PLAIN, lines.size());
    }

    private static PreparedBatch of(int count, byte[] bytes, Encoding encoding, int plainLength) {
        return new PreparedBatch("00000000", Lane.HIGH, 0, 1, count, new UnsafeBuffer(bytes), encoding, plainLength);
    }

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
