// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Ledger;
import io.dpiprobe.buffer.Ledger.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the files of one lane, oldest first: appends to the last, reads from the first, deletes what is spent. */
final class LaneStore {
    private static final Logger LOG = LoggerFactory.getLogger(LaneStore.class);

    private final Lane lane;
    private final Path dir;
    private final Ledger ledger;
    private final DiskCounters counters;
    private final DiskOperations operations;
    private final Deque<BlockFile> files = new ArrayDeque<>();

    /** Files that nobody needs, but that could not be deleted: they still take room. */
    private final List<BlockFile> left = new ArrayList<>();

    private int nextNumber = 1;
    private @Nullable QueueFile active;
    private @Nullable BlockReader reader;
    private @Nullable BlockFile readerFile;
    private long oldestMs;

    LaneStore(Lane lane, Path dir, Ledger ledger, DiskCounters counters, DiskOperations operations) {
        this.lane = lane;
        this.dir = dir;
        this.ledger = ledger;
        this.counters = counters;
        this.operations = operations;
    }

    /** Takes over what an earlier run left. */
    void recover(AckFile.Mark mark) throws IOException {
        nextNumber = mark.file() + 1;
        for (BlockFile file : new Recovery(dir, mark, operations).files()) {
            files.addLast(file);
            nextNumber = Math.max(nextNumber, file.number() + 1);
            ledger.recovered(lane, file.waiting());
        }
    }

    boolean hasRoomFor(int length) {
        return active != null && active.hasRoomFor(length);
    }

    /** Allocates the next file; an exception means that the file system has no room for it. */
    void openNext(int chunks) throws IOException {
        finish();
        Files.createDirectories(dir);
        int number = nextNumber;
        QueueFile opened = QueueFile.create(dir, number, chunks, operations);
        nextNumber++;
        active = opened;
        files.addLast(new BlockFile(number, opened.path(), QueueFile.bytesFor(chunks)));
    }

    /** Writes a block to the open file. */
    BlockRef append(BlockEncoder encoder, BlockHeader header, boolean inMemoryToo) throws IOException {
        QueueFile target = active;
        if (target == null) {
            throw new IllegalStateException("no open file");
        }
        BlockFile file = files.getLast();
        if (!hasNeeded()) {
            oldestMs = header.firstMs();
        }
        BlockHeader placed = header.at(file.blocks(), file.events());
        encoder.complete(placed);
        target.append(encoder.address(), placed.blockLength());
        file.appended(placed.count(), inMemoryToo);
        return new BlockRef(lane, file, placed.ordinal());
    }

    /** Closes the open file and gives it the name that says how many events it has. */
    void finish() {
        QueueFile closing = active;
        if (closing == null) {
            return;
        }
        active = null;
        BlockFile file = files.getLast();
        file.finish();
        try {
            closing.force();
        } catch (IOException e) {
            // What was written can still be read; what was not forced may go with the power.
            counters.syncFailed();
            LOG.error("disk_sync_failed: cannot force {} to disk: {}", file.path(), e.toString());
        }
        try {
            closing.close();
            name(file);
        } catch (IOException | RuntimeException | InternalError e) {
            LOG.error("disk_file_unfinished: cannot close {}: {}", file.path(), e.toString());
        }
    }

    private void name(BlockFile file) throws IOException {
        if (Files.exists(file.path())) {
            Path finished = dir.resolve(FileName.finished(file.number(), file.events()));
            file.bytes(Files.size(file.path()));
            operations.rename(file.path(), finished);
            file.moveTo(finished);
            operations.forceDirectory(dir);
        }
    }

    /** Makes the open file durable; a failure poisons it: nothing more is written there. */
    void force() {
        if (active == null) {
            return;
        }
        try {
            active.force();
        } catch (IOException e) {
            counters.syncFailed();
            LOG.error(
                    "disk_sync_failed: cannot force {} to disk, closing it: {}",
                    files.getLast().path(),
                    e.toString());
            finish();
        }
    }

    boolean hasUnread() {
        for (BlockFile file : files) {
            if (file.hasUnread()) {
                return true;
            }
        }
        return false;
    }

    /** Reads the next block that is whole, into a buffer; null if there is none left. */
    @Nullable
    DiskBlock read(ByteBuffer target) {
        for (BlockFile file : files) {
            try {
                while (file.hasUnread()) {
                    BlockHeader header = readNext(file, target.clear());
                    if (header != null) {
                        return new DiskBlock(header, new BlockRef(lane, file, header.ordinal()));
                    }
                }
            } catch (IOException e) {
                LOG.error("disk_read_failed: cannot read {}, skipping the rest of it: {}", file.path(), e.toString());
                file.readToEnd();
                lost(file, file.waiting(), DropReason.IO_ERROR);
                closeReader();
            }
        }
        return null;
    }

    private @Nullable BlockHeader readNext(BlockFile file, ByteBuffer target) throws IOException {
        BlockReader source = readerOf(file);
        BlockHeader header = source.seek(file.readOffset(), file.readOrdinal());
        if (header == null) {
            skipDamage(file, file.blocks() - file.readOrdinal(), file.events() - file.readEvents(), Integer.MAX_VALUE);
            file.readToEnd();
            return null;
        }
        if (header.ordinal() < file.readOrdinal()) {
            file.passed(source.endOffset(header), 0, 0);
            return null;
        }
        int missed = header.ordinal() - file.readOrdinal();
        skipDamage(file, missed, header.eventsBefore() - file.readEvents(), header.ordinal());
        boolean covered = file.isCovered(header.ordinal());
        boolean whole = covered || source.readPayload(header, target);
        file.passed(source.endOffset(header), header.ordinal() + 1, header.eventsBefore() + header.count());
        if (covered) {
            file.takeCovered(header.ordinal() + 1);
            return null;
        }
        if (!whole) {
            skipDamage(file, 1, header.count(), header.ordinal() + 1);
            return null;
        }
        // More than the file's name said: it was damaged, and then they were not counted when it was found.
        ledger.recovered(lane, header.count() - file.take(header.count()));
        file.hold(header.ordinal(), header.eventsBefore());
        oldestMs = header.firstMs();
        return header;
    }

    private BlockReader readerOf(BlockFile file) throws IOException {
        if (reader == null || readerFile != file) {
            closeReader();
            reader = BlockReader.open(file.path());
            readerFile = file;
        }
        return reader;
    }

    private void skipDamage(BlockFile file, int blocks, int events, int nextOrdinal) {
        if (events > 0) {
            int missed = events - file.takeCovered(nextOrdinal);
            counters.corrupt(Math.max(1, blocks));
            lost(file, missed, DropReason.CORRUPT);
            LOG.warn(
                    "disk_damaged: {} is damaged before offset {}: {} events lost",
                    file.path(),
                    file.readOffset(),
                    missed);
        }
    }

    private void lost(BlockFile file, long events, DropReason reason) {
        ledger.dropped(lane, Place.DISK, reason, file.take(events));
    }

    /** Deletes the files that nobody needs any more. */
    void deleteSpent() {
        for (Iterator<BlockFile> i = files.iterator(); i.hasNext(); ) {
            BlockFile file = i.next();
            if (file.isSpent()) {
                i.remove();
                delete(file);
            }
        }
    }

    /** Whether the open file holds nothing that is needed. */
    boolean isIdle() {
        return active != null
                && !files.getLast().hasUnread()
                && files.getLast().neededOrdinal() == files.getLast().blocks();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Gives up the oldest file: what was only there is lost, counted. */
    void evictOldest() {
        if (files.size() == 1) {
            finish();
        }
        BlockFile oldest = files.removeFirst();
        lost(oldest, oldest.waiting(), DropReason.DISK_FULL);
        delete(oldest);
    }

    private void delete(BlockFile file) {
        if (readerFile == file) {
            closeReader();
        }
        try {
            operations.delete(file.path());
        } catch (IOException e) {
            LOG.error("disk_delete_failed: cannot delete {}, trying again: {}", file.path(), e.toString());
            left.add(file);
            return;
        }
        forceNames();
    }

    private void forceNames() {
        try {
            operations.forceDirectory(dir);
        } catch (IOException e) {
            // At worst the deleted file is there again after a loss of power.
            counters.syncFailed();
        }
    }

    /** Whether giving up files makes no room at present. */
    boolean hasLeft() {
        return !left.isEmpty();
    }

    /** Tries again to delete what could not be. */
    void deleteLeft() {
        for (Iterator<BlockFile> i = left.iterator(); i.hasNext(); ) {
            try {
                operations.delete(i.next().path());
                i.remove();
            } catch (IOException e) {
                LOG.debug("disk buffer: still cannot delete", e);
            }
        }
    }

    private void closeReader() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            LOG.debug("disk buffer: closing a file that was read", e);
        }
        reader = null;
        readerFile = null;
    }

    /** Up to where Core has everything. */
    AckFile.Mark mark() {
        BlockFile first = files.peekFirst();
        return first == null
                ? new AckFile.Mark(nextNumber, 0, 0)
                : new AckFile.Mark(first.number(), first.neededOrdinal(), first.neededEvents());
    }

    /** Wall clock of the block that was read last, or of the first one written; none: {@link Long#MAX_VALUE}. */
    long oldestMs() {
        return hasNeeded() ? oldestMs : Long.MAX_VALUE;
    }

    private boolean hasNeeded() {
        return files.stream().anyMatch(BlockFile::isNeeded);
    }

    long usedBytes() {
        long bytes = 0;
        for (BlockFile file : files) {
            bytes += file.bytes();
        }
        for (BlockFile file : left) {
            bytes += file.bytes();
        }
        return bytes;
    }

    void close() {
        finish();
        closeReader();
    }
}
