// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.Bound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Finds the blocks in a queue file, with or without damage between them.
 *
 * <p>A file is a row of records: a word with the length and two flags, then the bytes, padded to four. Where that does
 * not lead to the block that is due, the next valid block header is searched for; so every undamaged block is found, and a damaged file
 * is read in one pass at most.
 */
final class BlockReader implements AutoCloseable {
    private static final int WORD = 4;
    private static final int META_DATA = 1 << 30;
    private static final int INCOMPLETE = 1 << 31;
    private static final int LENGTH_MASK = META_DATA - 1;
    private static final int SEARCH_BYTES = 256 << 10;

    /** Where a search begins: the next block is mostly near, and many searches must not each read far. */
    private static final int FIRST_SEARCH_BYTES = 4 << 10;

    /** Records of the queue's own between two blocks: it writes a few index pages, garbage looks like endless ones. */
    @Bound(
            of = "records of the queue's own between two blocks",
            then = "the next block is searched for by its first bytes")
    private static final int MAX_META_DATA = 16;

    private final FileChannel channel;
    private final ByteBuffer head =
            ByteBuffer.allocate(WORD + BlockHeader.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private long offset;

    private BlockReader(FileChannel channel) {
        this.channel = channel;
    }

    static BlockReader open(Path file) throws IOException {
        return new BlockReader(FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * Goes to the first block at or after an offset; null if there is none.
     *
     * @param ordinal what the block is expected to be: another one means that a length on the way was damaged
     */
    @Nullable
    BlockHeader seek(long from, int ordinal) throws IOException {
        BlockHeader followed = follow(from);
        return followed == null || followed.ordinal() == ordinal ? followed : search(from);
    }

    private @Nullable BlockHeader follow(long from) throws IOException {
        offset = from;
        for (int records = 0; records < MAX_META_DATA; records++) {
            head.clear();
            readFully(head, offset);
            if (head.position() < WORD) {
                return null;
            }
            int word = head.getInt(0);
            if ((word & INCOMPLETE) != 0 || word == 0 || length(word) > channel.size() - offset) {
                return search(offset);
            }
            if ((word & META_DATA) == 0) {
                BlockHeader found = headerAt(0, word);
                return found == null ? search(offset) : found;
            }
            offset += WORD + length(word);
        }
        return search(from);
    }

    private static long length(int word) {
        return ((word & LENGTH_MASK) + WORD - 1L) & -WORD;
    }

    private @Nullable BlockHeader headerAt(int wordAt, int word) {
        if (head.position() < head.capacity()) {
            return null;
        }
        BlockHeader found = BlockHeader.read(head, wordAt + WORD);
        return found != null && length(word) == found.blockLength() ? found : null;
    }

    /** Looks at every aligned place for the start of a valid header. */
    private @Nullable BlockHeader search(long from) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(FIRST_SEARCH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long start = from; ; start += window.position() - BlockHeader.LENGTH) {
            if (start > from && window.capacity() < SEARCH_BYTES) {
                window = ByteBuffer.allocate(SEARCH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            }
            window.clear();
            readFully(window, start);
            int last = window.position() - BlockHeader.LENGTH;
            for (int at = 0; at <= last; at += WORD) {
                if (window.getInt(at) == BlockHeader.MAGIC) {
                    BlockHeader found = BlockHeader.read(window, at);
                    if (found != null && start + at >= WORD) {
                        offset = start + at - WORD;
                        return found;
                    }
                }
            }
            if (window.position() < window.capacity()) {
                return null;
            }
        }
    }

    /** Whether the block that {@link #seek} found was being appended when the process died. */
    boolean isUnfinished() throws IOException {
        head.clear().limit(WORD);
        readFully(head, offset);
        return (head.getInt(0) & INCOMPLETE) != 0 || head.getInt(0) == 0;
    }

    /** Offset behind the block that {@link #seek} found. */
    long endOffset(BlockHeader block) {
        return offset + WORD + block.blockLength();
    }

    /** Reads the payload of the block that {@link #seek} found; false if it is damaged. */
    boolean readPayload(BlockHeader block, ByteBuffer target) throws IOException {
        if (block.payloadLength() < 0 || block.payloadLength() > target.remaining()) {
            return false;
        }
        int start = target.position();
        target.limit(start + block.payloadLength());
        readFully(target, offset + WORD + BlockHeader.LENGTH);
        return !target.hasRemaining() && BlockHeader.crcOf(target, start, block.payloadLength()) == block.payloadCrc();
    }

    private void readFully(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
