// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes events that name themselves, and reads them back from batches. */
final class Events {
    private Events() {}

    /** Offers one event that carries its identity and is padded to a length with letters that hardly compress. */
    static boolean offer(EventSink sink, int worker, Lane lane, int length) {
        byte[] bytes = text(lane, worker, sink.nextSeq(lane), length).getBytes(StandardCharsets.US_ASCII);
        return sink.offer(lane, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static String text(Lane lane, int worker, long seq, int length) {
        String name = lane.label() + "/" + worker + "/" + seq;
        StringBuilder text = new StringBuilder("{\"e\":\"").append(name).append("\",\"pad\":\"");
        long state = name.hashCode();
        while (text.length() < length - 2) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append((char) ('a' + (state >>> 33) % 26));
        }
        return text.append("\"}").toString();
    }

    /** The sequence numbers that the events of a batch carry, each compared byte for byte with what was offered. */
    static List<Long> seqsOf(Batch batch) {
        List<Long> seqs = new ArrayList<>();
        String prefix = "{\"e\":\"" + batch.lane().label() + "/" + batch.worker() + "/";
        for (String line : plainText(batch).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (!line.startsWith(prefix) || !line.endsWith("\"}")) {
                throw new AssertionError("not an event of " + prefix + ": " + line);
            }
            long seq = Long.parseLong(line.substring(prefix.length(), line.indexOf('"', prefix.length())));
            if (!line.equals(text(batch.lane(), batch.worker(), seq, line.length()))) {
                throw new AssertionError("altered: " + line);
            }
            seqs.add(seq);
        }
        return seqs;
    }

    private static String plainText(Batch batch) {
        byte[] payload = new byte[batch.payloadLength()];
        batch.payload().getBytes(0, payload);
        byte[] plain = batch.encoding() == Encoding.PLAIN ? payload : Zstd.decompress(payload, batch.plainLength());
        return new String(plain, StandardCharsets.US_ASCII);
    }
}
