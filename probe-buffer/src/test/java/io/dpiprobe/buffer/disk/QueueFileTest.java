// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueFileTest {
    private static final int NUMBER = 12;

    @TempDir
    private Path dir;

    @Test
    void theQueuesOwnReaderFindsEveryBlock() throws Exception {
        UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocateDirect(100_000));
        try (QueueFile file = QueueFile.create(dir, NUMBER, 1, new FileSystemOperations())) {
            for (int i = 0; i < 10; i++) {
                block.putInt(0, i);
                file.append(block.addressOffset(), block.capacity());
            }
        }
        List<Integer> found = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(dir.toFile())
                        .rollCycle(new FileNumbers())
                        .timeProvider(() -> (long) NUMBER * FileNumbers.MILLIS_PER_NUMBER)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(bytes -> found.add(bytes.readInt()))) {
                assertThat(found).hasSizeLessThanOrEqualTo(10);
            }
        }
        assertThat(found).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void neverGrowsBeyondWhatWasAllocated() throws Exception {
        UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocateDirect(100_000));
        Path path;
        try (QueueFile file = QueueFile.create(dir, NUMBER, 2, new FileSystemOperations())) {
            path = file.path();
            int blocks = 0;
            while (file.hasRoomFor(block.capacity())) {
                file.append(block.addressOffset(), block.capacity());
                blocks++;
            }
            assertThat(blocks).isGreaterThan(38);
            assertThat(Files.size(path)).isEqualTo(QueueFile.bytesFor(2));
        }
        assertThat(Files.size(path)).isLessThan(QueueFile.bytesFor(2));
    }

    @Test
    void namesAndNumbersAreEachOthersInverse() {
        for (int number : new int[] {1, 12, 86_400, 1_000_000_007, Integer.MAX_VALUE - 1}) {
            assertThat(FileNumbers.numberOf(FileNumbers.queueName(number))).isEqualTo(number);
        }
        assertThat(FileNumbers.numberOf("nonsense")).isEqualTo(-1);
        assertThat(FileNumbers.numberOf("19690101-000000")).isEqualTo(-1);
    }
}
