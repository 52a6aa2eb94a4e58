// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockReaderTest {
    private static final int META_DATA = 1 << 30;

    @TempDir
    private Path dir;

    @Test
    @Tag("limit:BlockReader.MAX_META_DATA")
    void followsFewRecordsOfTheQueueAndThenSearches() throws Exception {
        for (int records : new int[] {3, 100_000}) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * records + 4 + BlockHeader.LENGTH + 8)
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < records; i++) {
                bytes.putInt(META_DATA | 4).putInt(0);
            }
            BlockHeader header = new BlockHeader(Lane.HIGH, 0, "0000aaaa", 1, 7, 3, Encoding.ZSTD, 8, 100, 0, 0, 0, 0);
            bytes.putInt(header.blockLength());
            header.write(bytes.slice());
            Path file = Files.write(dir.resolve("1.blocks"), bytes.array());
            try (BlockReader reader = BlockReader.open(file)) {
                BlockHeader found = Objects.requireNonNull(reader.seek(0, header.ordinal()));
                assertThat(reader.endOffset(found)).isEqualTo(8L * records + 4 + header.blockLength());
            }
        }
    }

    @Test
    @Tag("limit:SpillStore.MAX_FLOOR_BYTES")
    void leavesATwentiethOrAQuarterOfAGibibyteToOthers() {
        assertThat(SpillStore.floorBytes(20_000_000)).isEqualTo(1_000_000);
        assertThat(SpillStore.floorBytes(1L << 40)).isEqualTo(256 << 20);
    }
}
