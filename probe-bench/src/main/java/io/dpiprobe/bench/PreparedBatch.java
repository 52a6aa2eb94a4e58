// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Stands for a batch from the disk: compressed already, of the size of a typical one. */
final class PreparedBatch implements Batch {
    private static final int EVENTS = 400;

    private final byte[] bytes;
    private final int plainBytes;

    PreparedBatch() {
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
        plainBytes = plain.length;
        bytes = Zstd.compress(plain);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String epoch() {
        return "00000000";
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
    public long firstSeq() {
        return 1;
    }

    @Override
    public long lastSeq() {
        return EVENTS;
    }

    @Override
    public int count() {
        return EVENTS;
    }

    @Override
    public DirectBuffer payload() {
        return new UnsafeBuffer(bytes);
    }

    @Override
    public int payloadLength() {
        return bytes.length;
    }

    @Override
    public Encoding encoding() {
        return Encoding.ZSTD;
    }

    @Override
    public int plainLength() {
        return plainBytes;
    }

    @Override
    public long ageNs(long nowNs, long wallMs) {
        return 0;
    }
}
