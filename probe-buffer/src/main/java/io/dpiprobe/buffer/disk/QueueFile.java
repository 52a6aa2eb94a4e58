// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import static java.util.Objects.requireNonNull;

import io.dpiprobe.buffer.memory.MemoryLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Appends blocks to one file of a Chronicle Queue, allocated as a whole before the queue sees it.
 *
 * <p>Each file has a queue of its own, closed when the file is full: the queue never meets an older file, so a damaged
 * one cannot stop it, and its lock and metadata are made anew each time.
 */
final class QueueFile implements AutoCloseable {
    static final String SUFFIX = SingleChronicleQueue.SUFFIX;
    static final String ALLOCATED_SUFFIX = ".precreated";
    static final String METADATA = "metadata.cq4t";

    /** The queue maps a file in chunks, each with a quarter more, which must hold the longest block. */
    static final int CHUNK_BYTES = 8 * MemoryLayout.MAX_SEGMENT_BYTES;

    static final int OVERLAP_BYTES = CHUNK_BYTES / 4;

    /** What the queue adds to a block, and the index pages it may put between: kept free at the end of a file. */
    private static final int SLACK_BYTES = 64 << 10;

    private static final int WAIT_FOR_HEADER_MS = 500;

    static {
        // Before the queue's classes are loaded: it would print a banner and watch the disk from a thread of its own.
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    private final Path allocated;
    private final Path path;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final long limit;
    private final DiskOperations operations;
    private final PointerBytesStore block = BytesStore.nativePointer();
    private long end;
    private @Nullable FileChannel channel;
    private boolean named;

    private QueueFile(Path allocated, Path path, SingleChronicleQueue queue, long limit, DiskOperations operations) {
        this.operations = operations;
        this.allocated = allocated;
        this.path = path;
        this.queue = queue;
        this.appender = queue.createAppender();
        this.limit = limit;
    }

    /** Bytes on disk of a file with this many chunks. */
    static long bytesFor(int chunks) {
        return (long) chunks * CHUNK_BYTES + OVERLAP_BYTES;
    }

    /**
     * Loads what the queue starts with its first use. It registers shutdown hooks, which is refused during a shutdown:
     * just when a probe that never needed the disk before spills its memory.
     */
    static void prepare() {
        Allocation.prepare();
        BackgroundResourceReleaser.releasePendingResources();
    }

    /** Allocates a new file; an exception means that there is no room. */
    static QueueFile create(Path dir, int number, int chunks, DiskOperations operations) throws IOException {
        String name = FileNumbers.queueName(number);
        operations.delete(dir.resolve(METADATA));
        Path allocated = dir.resolve(name + ALLOCATED_SUFFIX);
        operations.delete(allocated);
        operations.allocate(allocated, bytesFor(chunks));
        SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(dir.toFile())
                .rollCycle(new FileNumbers())
                .timeProvider(() -> (long) number * FileNumbers.MILLIS_PER_NUMBER)
                .blockSize(CHUNK_BYTES)
                .timeoutMS(WAIT_FOR_HEADER_MS)
                .build();
        long limit = (long) chunks * CHUNK_BYTES - SLACK_BYTES;
        return new QueueFile(allocated, dir.resolve(name + SUFFIX), queue, limit, operations);
    }

    Path path() {
        return path;
    }

    boolean hasRoomFor(int length) {
        return end + length <= limit;
    }

    /** Appends one block that is complete in memory, so that it is in the file as a whole or not at all. */
    void append(long address, int length) throws IOException {
        block.set(address, length);
        appender.writeBytes(block);
        end = requireNonNull(appender.wire()).bytes().writePosition();
        if (channel == null) {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /** Makes durable what was appended so far. */
    void force() throws IOException {
        if (channel == null) {
            return;
        }
        operations.force(channel, path);
        if (!named) {
            // The queue gave the file its name at the first append.
            operations.forceDirectory(requireNonNull(path.getParent()));
            named = true;
        }
    }

    /** Lets go of the file and its memory maps, and gives back the disk blocks that were not used. */
    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        BackgroundResourceReleaser.releasePendingResources();
        if (channel != null) {
            channel.truncate(end);
            channel.close();
        } else {
            operations.delete(allocated);
        }
    }
}
