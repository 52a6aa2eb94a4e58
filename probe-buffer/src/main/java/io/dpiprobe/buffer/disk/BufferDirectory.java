// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.memory.MemoryLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a buffer directory from outside, without changing it, whether a probe runs on it or not; and empties it if
 * none does.
 */
public final class BufferDirectory {
    static final String LOCK = "lock";
    private static final String ACKS = "acks";

    private final Path dir;

    public BufferDirectory(Path dir) {
        this.dir = dir;
    }

    /** Receives what a file holds, in order. */
    public interface Visitor {
        /** A block whose header is readable. */
        void onBlock(StoredBlock block) throws IOException;

        /** So many events, at this place of the file, that cannot be read. */
        void onDamage(int events) throws IOException;
    }

    /** Whether a probe has the directory. */
    public boolean isInUse() throws IOException {
        Path lock = dir.resolve(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
                FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** The files that have events, by lane, oldest first. A file that a running probe deletes meanwhile is left out. */
    public List<StoredFile> files() throws IOException {
        AckFile.Mark[] marks = AckFile.read(dir.resolve(ACKS), Lane.values().length);
        List<StoredFile> files = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            List<StoredFile> found = new ArrayList<>();
            for (Path path : list(dir.resolve(lane.label()))) {
                StoredFile file = describe(lane, path, marks[lane.index()]);
                if (file != null) {
                    found.add(file);
                }
            }
            found.sort(Comparator.comparingInt(StoredFile::number));
            files.addAll(found);
        }
        return files;
    }

    private static List<Path> list(Path laneDir) throws IOException {
        if (!Files.isDirectory(laneDir)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(laneDir)) {
            return entries.sorted().toList();
        }
    }

    private static @Nullable StoredFile describe(Lane lane, Path path, AckFile.Mark mark) throws IOException {
        FileName name = FileName.of(path);
        if (name == null) {
            return null;
        }
        try {
            int events = name.isOpen() ? readableEvents(path) : name.events();
            boolean spent = name.number() < mark.file();
            boolean marked = name.number() == mark.file();
            int ackedEvents = spent ? events : marked ? Math.min(events, mark.eventsBefore()) : 0;
            int ackedBlocks = spent ? Integer.MAX_VALUE : marked ? mark.ordinal() : 0;
            long bytes = Files.size(path);
            return new StoredFile(lane, name.number(), path, bytes, events, ackedEvents, ackedBlocks, name.isOpen());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static int readableEvents(Path path) throws IOException {
        int events = 0;
        try (BlockReader reader = BlockReader.open(path)) {
            BlockHeader header = reader.seek(0, 0);
            while (header != null) {
                events = Math.max(events, header.eventsBefore() + (reader.isUnfinished() ? 0 : header.count()));
                header = reader.seek(reader.endOffset(header), header.ordinal() + 1);
            }
        }
        return events;
    }

    /** Reads a file block by block; what cannot be read is told as damage. */
    public void read(StoredFile file, Visitor visitor) throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(MemoryLayout.MAX_SEGMENT_BYTES);
        int seen = 0;
        try (BlockReader reader = BlockReader.open(file.path())) {
            BlockHeader header = reader.seek(0, 0);
            int ordinal = 0;
            while (header != null) {
                if (header.ordinal() >= ordinal) {
                    damage(header.eventsBefore() - seen, visitor);
                    boolean intact = reader.readPayload(header, payload.clear());
                    if (intact) {
                        visitor.onBlock(new StoredBlock(header, payload.flip(), true));
                    } else if (!reader.isUnfinished()) {
                        visitor.onBlock(new StoredBlock(header, payload.clear().limit(0), false));
                    }
                    seen = Math.max(seen, header.eventsBefore() + header.count());
                    ordinal = header.ordinal() + 1;
                }
                header = reader.seek(reader.endOffset(header), ordinal);
            }
        } catch (NoSuchFileException e) {
            return; // the probe that runs here needs it no longer
        }
        damage(file.events() - seen, visitor);
    }

    private static void damage(int events, Visitor visitor) throws IOException {
        if (events > 0) {
            visitor.onDamage(events);
        }
    }

    /**
     * Deletes every file of the buffer. What is not a file of the buffer stays.
     *
     * @return the files that were deleted
     * @throws IOException if a probe has the directory, or a file cannot be deleted
     */
    public List<StoredFile> purge() throws IOException {
        Path lock = dir.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw new IOException(dir + " is in use by another process");
            }
            List<StoredFile> files = files();
            for (StoredFile file : files) {
                Files.delete(file.path());
            }
            for (Lane lane : Lane.values()) {
                Files.deleteIfExists(dir.resolve(lane.label()).resolve(QueueFile.METADATA));
            }
            Files.deleteIfExists(dir.resolve(ACKS));
            new FileSystemOperations().forceDirectory(dir);
            return files;
        } catch (OverlappingFileLockException e) {
            throw new IOException(dir + " is in use by this process", e);
        }
    }
}
