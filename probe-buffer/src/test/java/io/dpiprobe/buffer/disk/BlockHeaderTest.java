// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.memory.MemoryLayout;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header with a right checksum may still have been written by somebody else. */
class BlockHeaderTest {
    @Test
    void readsWhatWasWritten() {
        assertThat(read("0000aaaa", 10, 100, 3)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, MemoryLayout.MAX_SEGMENT_BYTES + 1, Integer.MAX_VALUE})
    void refusesLengthsThatNoBlockHas(int length) {
        assertThat(read("0000aaaa", length, 100, 3)).isNull();
        assertThat(read("0000aaaa", 10, length, 3)).isNull();
    }

    @ParameterizedTest
    @Tag("limit:BlockHeader.MAX_COUNT")
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesCountsThatWouldOverflow(int count) {
        assertThat(read("0000aaaa", 10, 100, count)).isNull();
    }

    @Test
    void refusesAnEpochThatWouldBreakARequest() {
        assertThat(read("\r\nX: aaa", 10, 100, 3)).isNull();
    }

    private static @Nullable BlockHeader read(String epoch, int payloadLength, int plainLength, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(BlockHeader.LENGTH);
        new BlockHeader(Lane.HIGH, 0, epoch, 1, count, count, Encoding.ZSTD, payloadLength, plainLength, 0, 0, 0, 0)
                .write(bytes);
        return BlockHeader.read(bytes, 0);
    }
}
