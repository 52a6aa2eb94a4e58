// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.BufferStats.DiskState;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Ledger;
import io.dpiprobe.buffer.memory.Segment;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps blocks on disk until they are released, within one budget over all lanes.
 *
 * <p>For one thread. Nothing that it finds on disk stops it.
 */
public final class SpillStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpillStore.class);
    private static final Lane[] LANES = Lane.values();

    /** Dropping the oldest file must not cost more than a small part of the budget. */
    private static final int FILES_IN_BUDGET = 64;

    /** Memory maps of the open files count as resident memory. */
    private static final int MAX_CHUNKS = 8;

    private static final long SYNC_BYTES = 4L << 20;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);

    /** Room that is left to others on the same file system: a twentieth, at most this. */
    @Bound(
            of = "room on the file system left to others, of a twentieth of it",
            then = "nothing more is written",
            seen = "events_dropped_total{reason=\"disk_full\"}",
            unit = Bound.Unit.BYTES)
    private static final long MAX_FLOOR_BYTES = 256L << 20;

    private static final int FLOOR_SHARE = 20;

    /** The ack file, and the queue's own file for each lane: small, and always counted. */
    private static final long FIXED_BYTES = 512 << 10;

    private final BufferConfig config;
    private final int chunks;
    private final DirectoryLock lock;
    private final AckFile acks;
    private final List<LaneStore> lanes = new ArrayList<>();
    private final DiskCounters counters = new DiskCounters();
    private final BlockEncoder encoder = new BlockEncoder();
    /** Asked for its room; a FileStore has to find its mount point, which not every container shows. */
    private final File place;

    private long unsyncedBytes;
    private long lastSyncNs;
    private long lastAppendNs;
    private long lastDeleteNs;
    private long retryAtNs = Long.MIN_VALUE;
    private @Nullable BlockRef lastAppended;

    private SpillStore(BufferConfig config, DirectoryLock lock, AckFile acks) {
        this.config = config;
        this.lock = lock;
        this.acks = acks;
        this.place = config.dir().toFile();
        this.chunks =
                (int) Math.max(1, Math.min(MAX_CHUNKS, config.diskBytes() / FILES_IN_BUDGET / QueueFile.CHUNK_BYTES));
    }

    /** Takes over what is in a directory that is this process's; an exception means that it cannot be used. */
    public static SpillStore open(BufferConfig config, DirectoryLock lock, Ledger ledger, DiskOperations operations)
            throws IOException {
        QueueFile.prepare();
        AckFile acks = AckFile.open(config.dir().resolve("acks"), LANES.length, operations);
        SpillStore store = new SpillStore(config, lock, acks);
        for (Lane lane : LANES) {
            Path laneDir = config.dir().resolve(lane.label());
            LaneStore laneStore = new LaneStore(lane, laneDir, ledger, store.counters, operations);
            laneStore.recover(acks.mark(lane.index()));
            store.lanes.add(laneStore);
        }
        store.makeRoom(Lane.HIGH, 0);
        store.count();
        operations.forceDirectory(config.dir());
        return store;
    }

    /**
     * Writes a segment as one block.
     *
     * @param firstMs wall clock of its first event
     * @param inMemoryToo whether the events stay in memory as well and are answered for there
     */
    public Append append(Segment segment, long firstMs, boolean inMemoryToo, long nowNs) {
        if (counters.state() != DiskState.READY && nowNs - retryAtNs < 0) {
            return Append.UNAVAILABLE;
        }
        LaneStore lane = lanes.get(segment.lane().index());
        BlockHeader header = encoder.encode(segment, config.epoch(), firstMs);
        try {
            if (!lane.hasRoomFor(header.blockLength())) {
                lane.finish();
                if (!makeRoom(segment.lane(), QueueFile.bytesFor(chunks))) {
                    counters.full();
                    return Append.NO_ROOM;
                }
                if (!allocate(lane, nowNs)) {
                    return Append.UNAVAILABLE;
                }
            }
            lastAppended = lane.append(encoder, header, inMemoryToo);
        } catch (IOException | RuntimeException | InternalError e) {
            unavailable(DiskState.IO_ERROR, e, nowNs);
            lane.finish();
            return Append.UNAVAILABLE;
        }
        written(header.blockLength(), nowNs);
        return Append.WRITTEN;
    }

    private boolean allocate(LaneStore lane, long nowNs) {
        try {
            if (place.getUsableSpace() - QueueFile.bytesFor(chunks) < floorBytes(place.getTotalSpace())) {
                throw new IOException("less than " + floorBytes(place.getTotalSpace()) + " bytes would be left free");
            }
            lane.openNext(chunks);
            return true;
        } catch (IOException e) {
            unavailable(DiskState.DISK_FULL, e, nowNs);
            return false;
        }
    }

    static long floorBytes(long totalBytes) {
        return Math.min(MAX_FLOOR_BYTES, totalBytes / FLOOR_SHARE);
    }

    private void unavailable(DiskState state, Throwable cause, long nowNs) {
        if (counters.state() != state) {
            LOG.error("disk_unavailable: {}, events stay in memory: {}", state, cause.toString());
        }
        counters.state(state);
        retryAtNs = nowNs + RETRY_NS;
    }

    private void written(int bytes, long nowNs) {
        if (counters.state() != DiskState.READY) {
            LOG.info("disk_available: the disk buffer is usable again");
            counters.state(DiskState.READY);
        }
        if (unsyncedBytes == 0) {
            lastSyncNs = nowNs;
        }
        unsyncedBytes += bytes;
        lastAppendNs = nowNs;
        count();
    }

    /** Gives up the oldest files of the lowest lanes, but none above this one, until some bytes fit the budget or deleting fails. */
    private boolean makeRoom(Lane forLane, long bytes) {
        while (usedBytes() + bytes > config.diskBytes()) {
            LaneStore victim = lowestNonEmpty(forLane);
            if (victim == null || lanes.stream().anyMatch(LaneStore::hasLeft)) {
                return false;
            }
            counters.full();
            victim.evictOldest();
        }
        return true;
    }

    private @Nullable LaneStore lowestNonEmpty(Lane notAbove) {
        for (int l = LANES.length - 1; l >= notAbove.index(); l--) {
            if (!lanes.get(l).isEmpty()) {
                return lanes.get(l);
            }
        }
        return null;
    }

    /** The block that {@link #append} wrote last. */
    public BlockRef lastAppended() {
        if (lastAppended == null) {
            throw new IllegalStateException("nothing was appended");
        }
        return lastAppended;
    }

    /** Whether a lane has blocks that were not read yet. */
    public boolean hasUnread(Lane lane) {
        return lanes.get(lane.index()).hasUnread();
    }

    /** Reads the oldest unread block of a lane; damaged ones are skipped, counted. Null if there is none. */
    public @Nullable DiskBlock read(Lane lane, ByteBuffer target) {
        return lanes.get(lane.index()).read(target);
    }

    /** Forgets a block: its events are settled. */
    public void release(BlockRef ref) {
        ref.file().release(ref.ordinal());
    }

    /** Forces, deletes and remembers what is due. */
    public void onTick(long nowNs) {
        if (nowNs - lastAppendNs >= IDLE_NS) {
            lanes.stream().filter(LaneStore::isIdle).forEach(LaneStore::finish);
        }
        if (nowNs - lastDeleteNs >= RETRY_NS) {
            lanes.forEach(LaneStore::deleteLeft);
            lastDeleteNs = nowNs;
        }
        lanes.forEach(LaneStore::deleteSpent);
        writeMarks();
        long intervalNs = config.syncInterval().toNanos();
        boolean isUnsynced = unsyncedBytes > 0 || acks.isUnforced();
        if (unsyncedBytes >= SYNC_BYTES || (isUnsynced && nowNs - lastSyncNs >= intervalNs)) {
            force();
            lastSyncNs = nowNs;
        }
        count();
    }

    private void writeMarks() {
        try {
            acks.write(lanes.stream().map(LaneStore::mark).toArray(AckFile.Mark[]::new));
        } catch (IOException e) {
            counters.syncFailed();
        }
    }

    /** Makes durable everything that was appended. */
    public void force() {
        lanes.forEach(LaneStore::force);
        try {
            acks.force();
        } catch (IOException e) {
            counters.syncFailed();
        }
        unsyncedBytes = 0;
    }

    private void count() {
        long oldestMs = Long.MAX_VALUE;
        for (Lane lane : LANES) {
            LaneStore store = lanes.get(lane.index());
            counters.usedBytes(lane, store.usedBytes());
            oldestMs = Math.min(oldestMs, store.oldestMs());
        }
        counters.oldestMs(oldestMs == Long.MAX_VALUE ? 0 : oldestMs);
    }

    private long usedBytes() {
        long bytes = FIXED_BYTES;
        for (LaneStore lane : lanes) {
            bytes += lane.usedBytes();
        }
        return bytes;
    }

    /** What to show of the disk. */
    public DiskCounters counters() {
        return counters;
    }

    /** Free space of the file system, or -1 if it cannot be asked. */
    public long availableBytes() {
        return place.getTotalSpace() == 0 ? -1 : place.getUsableSpace();
    }

    /** Makes everything durable and lets go of the directory. */
    @Override
    public void close() throws IOException {
        lanes.forEach(LaneStore::close);
        writeMarks();
        acks.force();
        acks.close();
        encoder.close();
        lock.close();
    }
}
