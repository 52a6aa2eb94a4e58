// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.reading;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;

/** Writes events to a stream as lines of JSON, many at a time. */
final class EventLines implements EventSink {
    private static final int BUFFER_BYTES = 1 << 18;

    private final OutputStream out;
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final long[] nextSeq = new long[Lane.values().length];
    private int used;
    private long written;

    EventLines(OutputStream out) {
        this.out = out;
        java.util.Arrays.fill(nextSeq, 1);
    }

    @Override
    public long nextSeq(Lane lane) {
        return nextSeq[lane.index()];
    }

    /** @throws UncheckedIOException if the stream refuses: there is nobody to keep events for */
    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        if (length + 1 > bytes.length - used) {
            flush();
        }
        if (length + 1 > bytes.length) {
            refuse(lane, DropReason.OVERSIZE);
            return false;
        }
        event.getBytes(offset, bytes, used, length);
        used += length;
        bytes[used++] = '\n';
        nextSeq[lane.index()]++;
        written++;
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        nextSeq[lane.index()]++;
    }

    @Override
    public void onTick(long nowNs) {}

    @Override
    public void flush() {
        try {
            out.write(bytes, 0, used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            used = 0;
        }
    }

    /** Events so far. */
    long written() {
        return written;
    }
}
