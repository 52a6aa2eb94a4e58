// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Holds the events of a batch as lines that can be taken apart. */
public final class EventLines {
    private static final byte[] SEQ_KEY = "\"seq\":".getBytes(StandardCharsets.US_ASCII);

    private final Batch batch;
    private final byte[] plain;
    private final int[] ends;

    private EventLines(Batch batch, byte[] plain, int[] ends) {
        this.batch = batch;
        this.plain = plain;
        this.ends = ends;
    }

    /** Copies a batch, decompressed if need be. */
    public static EventLines of(Batch batch) {
        byte[] payload = new byte[batch.payloadLength()];
        batch.payload().getBytes(0, payload);
        byte[] plain = batch.encoding() == Encoding.ZSTD ? Zstd.decompress(payload, batch.plainLength()) : payload;
        int[] ends = new int[batch.count()];
        int line = 0;
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] == '\n') {
                ends[line++] = i + 1;
            }
        }
        assert line == ends.length : line + " lines in a batch of " + ends.length;
        return new EventLines(batch, plain, ends);
    }

    Batch batch() {
        return batch;
    }

    public int count() {
        return ends.length;
    }

    /** Where a line begins; for the count of lines, where the last ends. */
    public int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    /** All lines, each with its line feed. */
    byte[] plain() {
        return plain;
    }

    /** One event with its line feed. */
    public byte[] line(int line) {
        return Arrays.copyOfRange(plain, start(line), start(line + 1));
    }

    /** The sequence number of an event. */
    public long seq(int line) {
        boolean contiguous = batch.lastSeq() - batch.firstSeq() + 1 == batch.count();
        return contiguous ? batch.firstSeq() + line : writtenSeq(line);
    }

    /** Reads the number that the event itself carries: the last key of this name, since "probe" ends the event. */
    private long writtenSeq(int line) {
        for (int at = start(line + 1) - SEQ_KEY.length; at >= start(line); at--) {
            if (Arrays.equals(plain, at, at + SEQ_KEY.length, SEQ_KEY, 0, SEQ_KEY.length)) {
                return number(at + SEQ_KEY.length);
            }
        }
        throw new IllegalStateException("event without a sequence number");
    }

    private long number(int start) {
        long value = 0;
        for (int at = start; plain[at] >= '0' && plain[at] <= '9'; at++) {
            value = value * 10 + plain[at] - '0';
        }
        return value;
    }
}
