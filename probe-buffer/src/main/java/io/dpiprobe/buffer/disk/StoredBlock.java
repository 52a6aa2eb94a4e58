// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.dpiprobe.buffer.Encoding;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One block of a file, as it was found.
 *
 * @param header what it says of itself
 * @param payload its events as they are stored; empty if damaged
 * @param isIntact whether its checksum is right
 */
public record StoredBlock(BlockHeader header, ByteBuffer payload, boolean isIntact) {
    /** The events, each ending in a line feed; null if they cannot be decompressed although the checksum is right. */
    public byte @Nullable [] plain() {
        byte[] stored = new byte[payload.remaining()];
        payload.duplicate().get(stored);
        if (header.encoding() == Encoding.PLAIN) {
            return stored;
        }
        try {
            return Zstd.decompress(stored, header.plainLength());
        } catch (ZstdException e) {
            return null;
        }
    }
}
