// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** Writes a pcap file in which many conversations run at once. */
final class TraceFile implements Closeable {
    private static final long INTERVAL_NS = 10_000;
    private static final long START_NS = 1_760_000_000L * 1_000_000_000L;

    private final BufferedOutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    private long timeNs = START_NS;
    private long packets;
    private long bytes;

    TraceFile(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        header.putInt(0xa1b23c4d)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(0xffff)
                .putInt(1);
        out.write(header.array(), 0, 24);
    }

    /** Plays conversations {@code first} and following until that many packets are written. */
    int write(Trace trace, int first, long packetLimit) {
        SplittableRandom random = new SplittableRandom(first);
        List<Iterator<byte[]>> active = new ArrayList<>();
        int number = first;
        long end = packets + packetLimit;
        while (packets < end) {
            while (active.size() < trace.concurrent()) {
                active.add(trace.conversation(number++).iterator());
            }
            int chosen = random.nextInt(active.size());
            Iterator<byte[]> conversation = active.get(chosen);
            writeNext(conversation.next());
            if (!conversation.hasNext()) {
                active.set(chosen, active.get(active.size() - 1));
                active.remove(active.size() - 1);
            }
        }
        return number;
    }

    /** Writes a frame, a moment after the one before. */
    void writeNext(byte[] frame) {
        timeNs += INTERVAL_NS;
        header.clear()
                .putInt((int) (timeNs / 1_000_000_000L))
                .putInt((int) (timeNs % 1_000_000_000L))
                .putInt(frame.length)
                .putInt(frame.length);
        try {
            out.write(header.array(), 0, 16);
            out.write(frame);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the trace: " + e.getMessage(), e);
        }
        packets++;
        bytes += frame.length;
    }

    /** Lets an hour go by, so that every flow written so far has ended when the next begins. */
    void pause() {
        timeNs += 3_600L * 1_000_000_000L;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
