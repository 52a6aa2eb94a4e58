// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.HaltingDisk.Point;
import io.dpiprobe.buffer.disk.DiskOperations;
import io.dpiprobe.buffer.disk.FileSystemOperations;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Runs in a JVM of its own: offers, spills, delivers a little, and notes in a mapped file, which outlives it, what it
 * knows to be on disk. Ends when it is killed, or after a number of rounds.
 */
final class SpillChild {
    /** What the parent can read of the child: a long for each lane, and one for the other. */
    private static final int ON_DISK = 0;

    private static final int ACKED = 8;
    private static final int OFFERED = 16;
    private static final int ACKED_BEFORE = 24;
    private static final int BYTES = 32;

    private SpillChild() {}

    /** Arguments: buffer directory, progress file, epoch, rounds, a directory in memory, and maybe a point to end at. */
    public static void main(String[] args) throws Exception {
        MappedByteBuffer progress = map(Path.of(args[1]));
        BufferConfig config = config(Path.of(args[0]), args[2], args.length > 4 ? Path.of(args[4]) : null);
        long rounds = Long.parseLong(args[3]);
        DiskOperations disk = args.length > 5 ? new HaltingDisk(Point.valueOf(args[5])) : new FileSystemOperations();
        SpillAgent.Clocks clocks = new SpillAgent.Clocks(SystemNanoClock.INSTANCE, SystemEpochClock.INSTANCE);
        try (EventBuffer buffer = EventBuffer.open(config, clocks, disk)) {
            buffer.deliveryUnavailable(true);
            for (long round = 0; round < rounds; round++) {
                for (int i = 0; i < 100; i++) {
                    Events.offer(buffer.sink(0), 0, Lane.HIGH, 300);
                    progress.putLong(OFFERED, buffer.sink(0).nextSeq(Lane.HIGH) - 1);
                }
                buffer.sink(0).flush();
                work(buffer.spillAgent());
                progress.putLong(ON_DISK, buffer.sink(0).nextSeq(Lane.HIGH) - 1);
                if (round % 8 == 7) {
                    deliver(buffer, config.epoch(), progress);
                }
            }
        }
    }

    private static void work(Agent agent) throws Exception {
        int work = 1;
        while (work > 0) {
            work = agent.doWork();
        }
    }

    private static void deliver(EventBuffer buffer, String epoch, MappedByteBuffer progress) throws Exception {
        Batch batch = buffer.poll();
        if (batch != null) {
            // Noted before it is settled, as Core knows of a batch before the probe does.
            progress.putLong(batch.epoch().equals(epoch) ? ACKED : ACKED_BEFORE, batch.lastSeq());
            buffer.settle(batch, Settlement.acked(batch));
            work(buffer.spillAgent());
        }
    }

    static BufferConfig config(Path dir, String epoch) {
        return config(dir, epoch, null);
    }

    static BufferConfig config(Path dir, String epoch, @Nullable Path runtimeDir) {
        return new BufferConfig(
                epoch,
                1,
                BufferConfig.MIN_MEMORY_BYTES,
                BufferConfig.MIN_MEMORY_BYTES / 2,
                FullPolicy.DROP_OLDEST,
                Duration.ofMillis(100),
                8,
                dir,
                1L << 30,
                Durability.OVERFLOW,
                Duration.ofMillis(20),
                runtimeDir);
    }

    private static MappedByteBuffer map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, BYTES);
            map.order(ByteOrder.BIG_ENDIAN);
            return map;
        }
    }

    static long onDisk(Path progress) throws IOException {
        return map(progress).getLong(ON_DISK);
    }

    static long acked(Path progress) throws IOException {
        return map(progress).getLong(ACKED);
    }

    /** Of the events of the run before. */
    static long ackedBefore(Path progress) throws IOException {
        return map(progress).getLong(ACKED_BEFORE);
    }

    static long offered(Path progress) throws IOException {
        return map(progress).getLong(OFFERED);
    }

    /** The command that runs this class with the flags of the running JVM. */
    static List<String> command(Path work, String... args) throws IOException {
        Path temp = Files.createDirectories(work.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add") || flag.startsWith("--enable") || flag.startsWith("--sun"))
                .forEach(command::add);
        command.add("-Xmx128m");
        command.add("-Djava.io.tmpdir=" + temp);
        command.add("-Duser.home=" + Files.createDirectories(work.resolve("home")));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(SpillChild.class.getName());
        command.addAll(List.of(args));
        return command;
    }
}
