// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the counts of events that only memory has, in a file where the next run finds them should this one be killed.
 *
 * <pre>
 *   0 magic | 8 epoch | 16 workers | 64 sealed events of each lane | 192 cells of worker 0 | cells of worker 1 ...
 * </pre>
 *
 * <p>The file must be on a file system in memory: capture threads write to it with each event, and would wait for a disk
 * that writes the page back. On any other, or without a directory, the counts are kept where nobody finds them.
 */
final class CrashRecord implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrashRecord.class);
    private static final long MAGIC = 0x4450_492d_4c45_4431L; // DPI-LED1
    private static final int EPOCH = 8;
    private static final int WORKERS = 16;
    private static final int SEALED = 64;
    private static final int CELLS = 192;
    private static final int HEX = 16;
    private static final int MAX_WORKERS = 1024;

    private final @Nullable Path file;
    private final AtomicBuffer cells;

    private CrashRecord(@Nullable Path file, AtomicBuffer cells) {
        this.file = file;
        this.cells = cells;
    }

    /** Counts that nobody finds. */
    static CrashRecord unseen(int workers) {
        return new CrashRecord(null, new UnsafeBuffer(ByteBuffer.allocateDirect(bytesFor(workers))));
    }

    /** Begins the counts of a run; what an earlier run has left there is gone. */
    static CrashRecord open(BufferConfig config) {
        Path runtimeDir = config.runtimeDir();
        if (runtimeDir == null) {
            return unseen(config.workers());
        }
        Path file = fileOf(runtimeDir, config.dir());
        try {
            String kind = Files.getFileStore(runtimeDir).type();
            if (!kind.equals("tmpfs") && !kind.equals("ramfs")) {
                LOG.warn("crash_record_refused: {} is on {}, not in memory (tmpfs)", runtimeDir, kind);
                return unseen(config.workers());
            }
            Files.deleteIfExists(file);
            return new CrashRecord(file, map(file, config));
        } catch (IOException e) {
            LOG.warn("crash_record_refused: {}: {}", file, e.toString());
            return unseen(config.workers());
        }
    }

    private static AtomicBuffer map(Path file, BufferConfig config) throws IOException {
        int bytes = bytesFor(config.workers());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            // Written, so that each page is there: a mapped page that cannot be had later would be an error in a
            // worker.
            channel.write(ByteBuffer.allocate(bytes));
            AtomicBuffer cells = new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, bytes));
            cells.putLong(WORKERS, config.workers(), ByteOrder.nativeOrder());
            cells.putLong(EPOCH, Long.parseLong(config.epoch(), HEX));
            cells.putLongOrdered(0, MAGIC);
            return cells;
        }
    }

    /** Each buffer directory has a file of its own. */
    static Path fileOf(Path runtimeDir, Path bufferDir) {
        CRC32C name = new CRC32C();
        name.update(bufferDir.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
        return runtimeDir.resolve("ledger-%08x".formatted(name.getValue()));
    }

    private static int bytesFor(int workers) {
        return CELLS + workers * WorkerLedger.BYTES;
    }

    /**
     * Reads what a run has left that was killed; call it before {@link #open}.
     *
     * @param epoch the name of that run; an empty one: it was not killed
     */
    static LastRun read(BufferConfig config, String epoch) {
        if (epoch.isEmpty()) {
            return LastRun.WAS_STOPPED;
        }
        Path runtimeDir = config.runtimeDir();
        Map<Lane, Long> lost = Map.of();
        if (runtimeDir != null) {
            try {
                lost = lostAtMost(ByteBuffer.wrap(Files.readAllBytes(fileOf(runtimeDir, config.dir()))), epoch);
            } catch (NoSuchFileException e) {
                LOG.debug("no crash record", e);
            } catch (IOException e) {
                LOG.warn("crash_record_refused: {}", e.toString());
            }
        }
        return new LastRun(LastRun.End.KILLED, epoch, lost);
    }

    static Map<Lane, Long> lostAtMost(ByteBuffer bytes, String epoch) {
        bytes.order(ByteOrder.nativeOrder());
        if (bytes.limit() < CELLS
                || bytes.getLong(0) != MAGIC
                || !epoch.equals("%08x".formatted(bytes.getLong(EPOCH)))) {
            return Map.of();
        }
        long workers = bytes.getLong(WORKERS);
        if (workers < 1 || workers > MAX_WORKERS || bytes.limit() < bytesFor((int) workers)) {
            return Map.of();
        }
        UnsafeBuffer cells = new UnsafeBuffer(bytes);
        Map<Lane, Long> lost = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            long events = cells.getLong(sealed(lane));
            for (int i = 0; i < workers; i++) {
                events += WorkerLedger.open(cells, CELLS + i * WorkerLedger.BYTES, lane);
            }
            lost.put(lane, events);
        }
        return lost;
    }

    /** The cells of a worker. */
    WorkerLedger worker(int index) {
        return new WorkerLedger(cells, CELLS + index * WorkerLedger.BYTES);
    }

    /** Counts events in sealed segments, or no longer; for one thread at a time. */
    void sealed(Lane lane, long change) {
        cells.putLongOrdered(sealed(lane), cells.getLong(sealed(lane)) + change);
    }

    private static int sealed(Lane lane) {
        return SEALED + lane.index() * Long.BYTES;
    }

    /** Nothing is in memory any more: there is nothing to be found. */
    @Override
    public void close() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("the next run ignores it", e);
        }
    }
}
