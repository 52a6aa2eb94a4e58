// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.Durability;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Settlement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares spilling to the disk buffer and reading back with writing and reading the same events as a plain file, line
 * by line into blocks and forced as often, in turns and on the same disk.
 *
 * <p>It prints the resident memory too: that must not depend on how much is on disk.
 */
public final class SpillComparison {
    private static final int ROUNDS = 3;
    private static final int EVENTS = 20_000;
    private static final int REPORTS = 4;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int FORCE_BYTES = 4 << 20;
    private static final long MIB = 1 << 20;
    private static final long DEFAULT_MIB = 4096;
    private static final double MB = 1e6;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration SYNC_INTERVAL = Duration.ofMillis(500);

    private final List<UnsafeBuffer> events;
    private final Path dir;
    private final long plainBytes;

    private SpillComparison(List<UnsafeBuffer> events, Path dir, long plainBytes) {
        this.events = events;
        this.dir = dir;
        this.plainBytes = plainBytes;
    }

    /**
     * Arguments: a directory on the disk in question; how many MiB of events to write, 4096 if that is left out; and the
     * word {@code noise} for events that cannot be compressed, so that as much gets to the disk.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 1) {
            System.err.println("give a directory on the disk to measure, and maybe MiB of events, and noise");
            System.exit(64);
        }
        Path dir = Files.createTempDirectory(Path.of(args[0]), "spill-comparison");
        long mib = args.length > 1 ? Long.parseLong(args[1]) : DEFAULT_MIB;
        List<UnsafeBuffer> events = args.length > 2 ? SampleEvents.noise(EVENTS) : SampleEvents.of(Trace.MIXED, EVENTS);
        SpillComparison comparison = new SpillComparison(events, dir, mib * MIB);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                comparison.round();
            }
        } finally {
            IoUtil.delete(dir.toFile(), false);
        }
    }

    private void round() throws IOException, InterruptedException {
        double plainWrite = writePlain();
        double spill = spill();
        System.out.printf("resident with the backlog: %s%n", resident());
        forgetFiles();
        double plainRead = readPlain();
        forgetFiles();
        double readBack = readBack();
        System.out.printf(
                "write: plain %.0f MB/s, spill %.0f MB/s, ratio %.2f; read: plain %.0f MB/s, back %.0f MB/s, ratio %.2f%n",
                plainWrite, spill, spill / plainWrite, plainRead, readBack, readBack / plainRead);
        Files.delete(plainFile());
    }

    private double writePlain() throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        UnsafeBuffer target = new UnsafeBuffer(block);
        long startNs = System.nanoTime();
        try (FileChannel file =
                FileChannel.open(plainFile(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long unforced = 0;
            int length = 0;
            for (long done = 0, i = 0; done < plainBytes; i++) {
                UnsafeBuffer event = events.get((int) (i % events.size()));
                if (length + event.capacity() + 1 > BLOCK_BYTES) {
                    unforced += write(file, block, length);
                    length = 0;
                }
                target.putBytes(length, event, 0, event.capacity());
                target.putByte(length + event.capacity(), (byte) '\n');
                length += event.capacity() + 1;
                done += event.capacity() + 1;
                if (unforced >= FORCE_BYTES) {
                    file.force(false);
                    unforced = 0;
                }
            }
            write(file, block, length);
            file.force(false);
        }
        return perSecond(startNs);
    }

    private static int write(FileChannel file, ByteBuffer block, int length) throws IOException {
        block.position(0).limit(length);
        while (block.hasRemaining()) {
            file.write(block);
        }
        return length;
    }

    private double readPlain() throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        long startNs = System.nanoTime();
        try (FileChannel file = FileChannel.open(plainFile(), StandardOpenOption.READ)) {
            while (file.read(block.clear()) > 0) {
                // the next block
            }
        }
        return perSecond(startNs);
    }

    private double spill() throws IOException {
        try (EventBuffer buffer = EventBuffer.open(config("0000aaaa"));
                AgentRunner agent = spillAgent(buffer)) {
            buffer.deliveryUnavailable(true);
            AgentRunner.startOnThread(agent);
            long startNs = System.nanoTime();
            EventSink sink = buffer.sink(0);
            long report = plainBytes / REPORTS;
            for (long done = 0, i = 0; done < plainBytes; i++) {
                if (done >= report) {
                    System.out.printf("resident after %,d MB: %s%n", done / (long) MB, resident());
                    report += plainBytes / REPORTS;
                }
                UnsafeBuffer event = events.get((int) (i % events.size()));
                sink.offer(Lane.NORMAL, event, 0, event.capacity());
                done += event.capacity() + 1;
            }
            sink.flush();
            while (buffer.ledger().lane(Lane.NORMAL).inMemory() > 0) {
                LockSupport.parkNanos(POLL_NS);
            }
            double rate = perSecond(startNs);
            System.out.printf(
                    "%,d events, %.0f MB, %.0f MB on disk%n",
                    buffer.ledger().lane(Lane.NORMAL).onDisk(),
                    plainBytes / MB,
                    buffer.stats().disk().usedBytes() / MB);
            return rate;
        }
    }

    private double readBack() throws IOException {
        long openedNs = System.nanoTime();
        try (EventBuffer buffer = EventBuffer.open(config("0000bbbb"));
                AgentRunner agent = spillAgent(buffer)) {
            AgentRunner.startOnThread(agent);
            long startNs = System.nanoTime();
            long first = 0;
            while (!buffer.ledger().isDrained()) {
                Batch batch = buffer.poll();
                if (batch == null) {
                    Thread.onSpinWait();
                    continue;
                }
                if (first == 0) {
                    first = System.nanoTime() - openedNs;
                }
                buffer.settle(batch, Settlement.acked(batch));
            }
            System.out.printf("first batch after %.3f s; resident after all was read: %s%n", first / 1e9, resident());
            return perSecond(startNs);
        }
    }

    /** Empties the page cache, or all that were measured would be memory. */
    private static void forgetFiles() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
        Path control = Path.of("/proc/sys/vm/drop_caches");
        if (Files.isWritable(control)) {
            Files.writeString(control, "3");
        } else {
            System.out.println("not root: reading is measured from the page cache");
        }
    }

    private static AgentRunner spillAgent(EventBuffer buffer) {
        return new AgentRunner(
                new BackoffIdleStrategy(10, 5, 10_000, 1_000_000),
                fault -> {
                    throw new IllegalStateException("the spill agent failed", fault);
                },
                null,
                buffer.spillAgent());
    }

    private BufferConfig config(String epoch) {
        return new BufferConfig(
                epoch,
                1,
                64 * MIB,
                8 * MIB,
                FullPolicy.BLOCK,
                Duration.ofMillis(100),
                8,
                dir.resolve("buffer"),
                plainBytes + 1024 * MIB,
                Durability.OVERFLOW,
                SYNC_INTERVAL,
                null);
    }

    private double perSecond(long startNs) {
        return plainBytes / MB / ((System.nanoTime() - startNs) / 1e9);
    }

    /** Resident memory: the process's own, and mapped files. */
    private static String resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon") || line.startsWith("RssFile"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    private Path plainFile() {
        return dir.resolve("plain");
    }
}
