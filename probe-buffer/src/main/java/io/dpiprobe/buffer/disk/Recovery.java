// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.memory.MemoryLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what an earlier run left in the directory of a lane.
 *
 * <p>A finished file says in its name how many events it has, so that it need not be read at start. A file that was open
 * when the run ended is read through once, given such a name, and never written to again.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Path dir;
    private final AckFile.Mark mark;
    private final DiskOperations operations;

    Recovery(Path dir, AckFile.Mark mark, DiskOperations operations) {
        this.dir = dir;
        this.mark = mark;
        this.operations = operations;
    }

    /** The files with events that Core may not have, oldest first. */
    List<BlockFile> files() throws IOException {
        Files.createDirectories(dir);
        List<BlockFile> files = new ArrayList<>();
        for (Path path : list(dir)) {
            BlockFile file = recover(path);
            if (file != null) {
                files.add(file);
            }
        }
        files.sort(Comparator.comparingInt(BlockFile::number));
        return files;
    }

    private static List<Path> list(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.sorted().toList();
        }
    }

    /** One bad file does not keep the others from being found. */
    private @Nullable BlockFile recover(Path path) {
        String name = path.getFileName().toString();
        try {
            if (name.equals(QueueFile.METADATA)) {
                operations.delete(path);
                return null;
            }
            FileName found = FileName.of(path);
            if (found == null) {
                LOG.warn("disk_foreign_file: {} is not one of the buffer's files, ignored", path);
                return null;
            }
            int events = found.isOpen() ? countEvents(path) : found.events();
            Path finished = found.isOpen() ? rename(path, FileName.finished(found.number(), events)) : path;
            return known(finished, found.number(), events);
        } catch (IOException e) {
            LOG.error("disk_file_refused: cannot take over {}: {}", path, e.toString());
            return null;
        }
    }

    private @Nullable BlockFile known(Path path, int number, int events) throws IOException {
        boolean marked = number == mark.file();
        if (number < mark.file() || (marked && events <= mark.eventsBefore())) {
            operations.delete(path);
            return null;
        }
        BlockFile file = new BlockFile(number, path, Files.size(path));
        file.recovered(events, marked ? mark.ordinal() : 0, marked ? mark.eventsBefore() : 0);
        return file;
    }

    /** Its events were still in memory when the process died: they were never on disk. */
    private static boolean isTorn(BlockReader reader, BlockHeader header) throws IOException {
        return reader.isUnfinished()
                && !reader.readPayload(header, ByteBuffer.allocate(MemoryLayout.MAX_SEGMENT_BYTES));
    }

    /** Counts the events of a file that was open when the run ended. */
    private static int countEvents(Path path) throws IOException {
        int events = 0;
        try (BlockReader reader = BlockReader.open(path)) {
            BlockHeader header = reader.seek(0, 0);
            while (header != null) {
                // A later block, if there is one, says in its turn how many events come before it.
                int count = isTorn(reader, header) ? 0 : header.count();
                events = Math.max(events, header.eventsBefore() + count);
                header = reader.seek(reader.endOffset(header), header.ordinal() + 1);
            }
        }
        return events;
    }

    private Path rename(Path path, String name) throws IOException {
        Path finished = dir.resolve(name);
        operations.rename(path, finished);
        operations.forceDirectory(dir);
        return finished;
    }
}
