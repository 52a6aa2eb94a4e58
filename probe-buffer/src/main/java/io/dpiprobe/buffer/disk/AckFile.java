// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Remembers across restarts, for each lane, up to where Core has everything.
 *
 * <p>Two slots, a page apart, are written in turn, each with a generation and a CRC32C: a torn write leaves the other
 * one. Both lost means that what is on disk is sent again.
 */
final class AckFile implements AutoCloseable {
    private static final int MAGIC = 0x41425044;
    private static final int SLOT_BYTES = 4096;
    private static final int MARKS_AT = 16;
    private static final int MARK_BYTES = 12;

    private final Path path;
    private final FileChannel channel;
    private final DiskOperations operations;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Mark[] marks;
    private long generation;
    private boolean unforced;

    /**
     * The first block of a lane that Core may not have.
     *
     * @param file number of its file; earlier files are spent
     * @param ordinal its ordinal in the file
     * @param eventsBefore events of the file before it
     */
    record Mark(int file, int ordinal, int eventsBefore) {
        static final Mark START = new Mark(0, 0, 0);
    }

    private AckFile(Path path, FileChannel channel, int lanes, DiskOperations operations) {
        this.path = path;
        this.channel = channel;
        this.operations = operations;
        this.marks = new Mark[lanes];
    }

    /** Opens or creates the file and reads the newer undamaged slot. */
    static AckFile open(Path path, int lanes, DiskOperations operations) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        AckFile file = new AckFile(path, channel, lanes, operations);
        file.load();
        return file;
    }

    /** The marks of a file that may not be there, without changing anything. */
    static Mark[] read(Path path, int lanes) throws IOException {
        if (!Files.exists(path)) {
            Mark[] none = new Mark[lanes];
            Arrays.fill(none, Mark.START);
            return none;
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try (AckFile file = new AckFile(path, channel, lanes, new FileSystemOperations())) {
            file.load();
            return file.marks.clone();
        }
    }

    private void load() throws IOException {
        Arrays.fill(marks, Mark.START);
        for (int s = 0; s < 2; s++) {
            slot.clear();
            while (slot.hasRemaining() && channel.read(slot, (long) s * SLOT_BYTES + slot.position()) >= 0) {
                assert slot.position() <= SLOT_BYTES;
            }
            if (!slot.hasRemaining() && isValid() && slot.getLong(8) > generation) {
                generation = slot.getLong(8);
                for (int i = 0; i < marks.length; i++) {
                    int at = MARKS_AT + i * MARK_BYTES;
                    marks[i] = new Mark(slot.getInt(at), slot.getInt(at + 4), slot.getInt(at + 8));
                }
            }
        }
    }

    private boolean isValid() {
        return slot.getInt(0) == MAGIC && slot.getInt(4) == crc();
    }

    private int crc() {
        return BlockHeader.crcOf(slot, 8, SLOT_BYTES - 8);
    }

    Mark mark(int lane) {
        return marks[lane];
    }

    /** Writes new marks if any differs from the last ones. */
    void write(Mark[] newMarks) throws IOException {
        if (Arrays.equals(marks, newMarks)) {
            return;
        }
        System.arraycopy(newMarks, 0, marks, 0, marks.length);
        generation++;
        slot.clear();
        slot.putInt(0, MAGIC).putLong(8, generation);
        for (int i = 0; i < marks.length; i++) {
            int at = MARKS_AT + i * MARK_BYTES;
            slot.putInt(at, marks[i].file).putInt(at + 4, marks[i].ordinal).putInt(at + 8, marks[i].eventsBefore);
        }
        slot.putInt(4, crc());
        long at = generation % 2 * SLOT_BYTES;
        while (slot.hasRemaining()) {
            channel.write(slot, at + slot.position());
        }
        unforced = true;
    }

    boolean isUnforced() {
        return unforced;
    }

    void force() throws IOException {
        if (unforced) {
            operations.force(channel, path);
            unforced = false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
