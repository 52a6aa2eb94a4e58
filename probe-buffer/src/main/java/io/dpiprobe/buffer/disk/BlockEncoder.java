// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.memory.MemoryLayout;
import io.dpiprobe.buffer.memory.Segment;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes blocks of segments: compresses each once, in memory, before anything is written. */
final class BlockEncoder implements AutoCloseable {
    /** The fastest level: JSON gains little from the others. */
    private static final int LEVEL = 1;

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(MemoryLayout.SCRATCH_BYTES);
    private final UnsafeBuffer memory = new UnsafeBuffer(scratch);
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);

    /** Puts the payload into place; the header is complete but for the block's place in its file. */
    BlockHeader encode(Segment segment, String epoch, long firstMs) {
        int length = compress(segment);
        Encoding encoding = Encoding.ZSTD;
        if (length >= segment.length()) {
            encoding = Encoding.PLAIN;
            length = segment.length();
            memory.putBytes(BlockHeader.LENGTH, segment.memory(), 0, length);
        }
        return new BlockHeader(
                segment.lane(),
                segment.worker(),
                epoch,
                segment.firstSeq(),
                segment.lastSeq(),
                segment.count(),
                encoding,
                length,
                segment.length(),
                firstMs,
                0,
                0,
                BlockHeader.crcOf(scratch, BlockHeader.LENGTH, length));
    }

    private int compress(Segment segment) {
        ByteBuffer chunk = segment.memory().byteBuffer();
        int room = scratch.capacity() - BlockHeader.LENGTH;
        assert Zstd.compressBound(segment.length()) <= room : "scratch is too small";
        try {
            return zstd.compressDirectByteBuffer(
                    scratch, BlockHeader.LENGTH, room, chunk, segment.memory().wrapAdjustment(), segment.length());
        } catch (ZstdException e) {
            // Cannot happen with room for the bound; and the plain form is as good.
            return Integer.MAX_VALUE;
        }
    }

    /** Writes the header before the payload; the block is then in memory from {@link #address()} on. */
    void complete(BlockHeader header) {
        header.write(scratch);
        memory.setMemory(
                BlockHeader.LENGTH + header.payloadLength(),
                header.blockLength() - BlockHeader.LENGTH - header.payloadLength(),
                (byte) 0);
    }

    long address() {
        return memory.addressOffset();
    }

    @Override
    public void close() {
        zstd.close();
    }
}
