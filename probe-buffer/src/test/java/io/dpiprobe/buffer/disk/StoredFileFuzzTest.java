// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Ledger;
import io.dpiprobe.buffer.memory.MemoryLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/** Any bytes may be found in the files of a buffer, with checksums that are right or wrong. */
class StoredFileFuzzTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String[] NAMES = {"0000000001.7.blocks", "00000001.cq4", "0000000002.999999999.blocks"};

    @FuzzTest
    void anyFileIsReadOrSkipped(FuzzedDataProvider data) throws IOException {
        Path dir = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "fuzz")
                : Files.createTempDirectory("fuzz");
        try {
            Path lane = Files.createDirectories(dir.resolve(Lane.HIGH.label()));
            String name = data.pickValue(NAMES);
            byte[] content = content(data);
            Files.write(lane.resolve(name), content);
            inspect(dir, content.length);
            takeOver(dir, content.length);
        } finally {
            IoUtil.delete(dir.toFile(), false);
        }
    }

    /** Looks from outside: every block lies in the file and is no longer than a block can be. */
    private static void inspect(Path dir, int length) throws IOException {
        BufferDirectory directory = new BufferDirectory(dir);
        int[] blocks = {0};
        for (StoredFile file : directory.files()) {
            directory.read(file, new BufferDirectory.Visitor() {
                @Override
                public void onBlock(StoredBlock block) {
                    blocks[0]++;
                    byte[] plain = block.plain();
                    assertThat(plain == null ? 0 : plain.length).isLessThanOrEqualTo(MemoryLayout.MAX_SEGMENT_BYTES);
                }

                @Override
                public void onDamage(int events) {
                    assertThat(events).isPositive();
                }
            });
        }
        assertThat(blocks[0]).isLessThanOrEqualTo(length / BlockHeader.LENGTH);
    }

    /** Takes the directory over as a probe does when it starts. */
    private static void takeOver(Path dir, int length) throws IOException {
        Ledger ledger = new Ledger(1);
        ByteBuffer target = ByteBuffer.allocate(MemoryLayout.MAX_SEGMENT_BYTES);
        BufferConfig config = BufferConfig.defaults(dir, "0000aaaa");
        DirectoryLock lock = DirectoryLock.take(dir, config.epoch());
        try (SpillStore store = SpillStore.open(config, lock, ledger, new FileSystemOperations())) {
            int blocks = 0;
            while (store.read(Lane.HIGH, target.clear()) != null) {
                blocks++;
                assertThat(blocks).isLessThanOrEqualTo(length / BlockHeader.LENGTH);
            }
            assertThat(store.hasUnread(Lane.HIGH)).isFalse();
        }
    }

    private static byte[] content(FuzzedDataProvider data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int ordinal = 0;
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 3)) {
                case 0 -> out.writeBytes(data.consumeBytes(data.consumeInt(0, 200)));
                case 1 -> out.writeBytes(word(data.consumeInt()));
                default -> out.writeBytes(block(data, data.consumeBoolean() ? ordinal++ : data.consumeInt()));
            }
        }
        return out.toByteArray();
    }

    /** A block whose checksums are right, whatever it says. */
    private static byte[] block(FuzzedDataProvider data, int ordinal) {
        int length = data.consumeBoolean() ? -1 : data.consumeInt();
        int plainLength = data.consumeInt();
        int count = data.consumeInt();
        int eventsBefore = data.consumeBoolean() ? 0 : data.consumeInt();
        Encoding encoding = data.pickValue(Encoding.values());
        byte[] payload = data.consumeBytes(data.consumeInt(0, 100));
        int crc = BlockHeader.crcOf(ByteBuffer.wrap(payload), 0, payload.length);
        BlockHeader header = new BlockHeader(
                Lane.HIGH,
                0,
                data.consumeBoolean() ? "0000bbbb" : "\r\n: \0\"x!",
                1,
                count,
                count,
                encoding,
                length == -1 ? payload.length : length,
                plainLength,
                0,
                ordinal,
                eventsBefore,
                crc);
        ByteBuffer bytes = ByteBuffer.allocate(4 + BlockHeader.LENGTH + ((payload.length + 3) & -4));
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.capacity() - 4);
        header.write(bytes.slice());
        bytes.position(4 + BlockHeader.LENGTH).put(payload);
        return bytes.array();
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
