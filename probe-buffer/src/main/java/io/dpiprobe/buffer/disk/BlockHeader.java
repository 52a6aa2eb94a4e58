// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.memory.MemoryLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Describes one block: what stands before its payload in the file. Little endian.
 *
 * <pre>
 *   0  magic "DPB1"     4  version u8   5 lane u8   6 worker u16
 *   8  epoch, 8 ASCII characters
 *  16  first sequence number          24  last sequence number
 *  32  count of events                36  encoding
 *  40  payload length                 44  plain length
 *  48  wall clock of the first event, ms since 1970
 *  56  ordinal of the block in its file, from 0
 *  60  events in the file before this block
 *  64  CRC32C of the payload          68  CRC32C of bytes 0 to 67
 * </pre>
 *
 * <p>The two counts at 56 and 60 say exactly what was lost when a block before this one cannot be read.
 */
public record BlockHeader(
        Lane lane,
        int worker,
        String epoch,
        long firstSeq,
        long lastSeq,
        int count,
        Encoding encoding,
        int payloadLength,
        int plainLength,
        long firstMs,
        int ordinal,
        int eventsBefore,
        int payloadCrc) {
    static final int LENGTH = 72;
    static final int MAGIC = 0x31425044;
    private static final byte VERSION = 1;
    private static final int EPOCH_LENGTH = 8;
    private static final int CRC_AT = 68;
    private static final Lane[] LANES = Lane.values();
    private static final Encoding[] ENCODINGS = Encoding.values();

    /** A file is far smaller than this many events: sums of two such numbers are still numbers. */
    @Bound(
            of = "events that a block on disk may claim",
            then = "the block is damaged",
            seen = "buffer_corrupt_blocks_total")
    private static final int MAX_COUNT = 1 << 30;

    /** A block is a whole number of these, so that the next one is aligned too. */
    private static final int ALIGNMENT = 4;

    /** The same block at its place in a file. */
    BlockHeader at(int newOrdinal, int newEventsBefore) {
        return new BlockHeader(
                lane,
                worker,
                epoch,
                firstSeq,
                lastSeq,
                count,
                encoding,
                payloadLength,
                plainLength,
                firstMs,
                newOrdinal,
                newEventsBefore,
                payloadCrc);
    }

    /** Bytes of header and payload with padding. */
    int blockLength() {
        return (LENGTH + payloadLength + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Writes the header at the start of a buffer. */
    void write(ByteBuffer target) {
        ByteBuffer out = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, MAGIC).put(4, VERSION).put(5, (byte) lane.index()).putShort(6, (short) worker);
        out.put(8, epoch.getBytes(StandardCharsets.US_ASCII), 0, EPOCH_LENGTH);
        out.putLong(16, firstSeq).putLong(24, lastSeq).putInt(32, count).putInt(36, encodingIndex());
        out.putInt(40, payloadLength).putInt(44, plainLength).putLong(48, firstMs);
        out.putInt(56, ordinal).putInt(60, eventsBefore).putInt(64, payloadCrc);
        out.putInt(CRC_AT, crcOf(out, 0, CRC_AT));
    }

    private int encodingIndex() {
        return encoding == Encoding.PLAIN ? 0 : 1;
    }

    /** Reads a header at an offset; null unless it is one, undamaged, and says only what a header can say. */
    static @Nullable BlockHeader read(ByteBuffer source, int at) {
        ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(at) != MAGIC || in.get(at + 4) != VERSION || in.getInt(at + CRC_AT) != crcOf(in, at, CRC_AT)) {
            return null;
        }
        int lane = in.get(at + 5);
        int encoding = in.getInt(at + 36);
        if (lane < 0 || lane >= LANES.length || encoding < 0 || encoding >= ENCODINGS.length) {
            return null;
        }
        byte[] epoch = new byte[EPOCH_LENGTH];
        in.get(at + 8, epoch);
        BlockHeader found = new BlockHeader(
                LANES[lane],
                in.getShort(at + 6) & 0xFFFF,
                new String(epoch, StandardCharsets.US_ASCII),
                in.getLong(at + 16),
                in.getLong(at + 24),
                in.getInt(at + 32),
                ENCODINGS[encoding],
                in.getInt(at + 40),
                in.getInt(at + 44),
                in.getLong(at + 48),
                in.getInt(at + 56),
                in.getInt(at + 60),
                in.getInt(at + 64));
        return found.isPossible() ? found : null;
    }

    /** A right checksum does not make a length right: the file may have been written by somebody else. */
    private boolean isPossible() {
        boolean lengths = isLength(payloadLength) && isLength(plainLength);
        boolean counts = isCount(count) && isCount(ordinal) && isCount(eventsBefore);
        // it goes into a header of a request
        return lengths && counts && epoch.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static boolean isLength(int bytes) {
        return bytes >= 0 && bytes <= MemoryLayout.MAX_SEGMENT_BYTES;
    }

    private static boolean isCount(int number) {
        return number >= 0 && number <= MAX_COUNT;
    }

    /** Checks a range of a buffer. */
    static int crcOf(ByteBuffer buffer, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(at + length).position(at));
        return (int) crc.getValue();
    }
}
