// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScatteredBytesTest {
    private static final byte[] TEXT = "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final ScatteredBytes bytes = new ScatteredBytes(1000);

    @Test
    void putsPiecesTogetherInAnyOrder() {
        add(6, 10);
        add(0, 2);
        assertThat(bytes.available()).isEqualTo(2);
        add(1, 7);

        assertThat(bytes.available()).isEqualTo(10);
        Slice all = bytes.slice(0, 10, new Slice());
        for (int i = 0; i < TEXT.length; i++) {
            assertThat(all.u8(i)).isEqualTo(TEXT[i]);
        }
    }

    @Test
    void takesEveryByteAloneFromBackToFront() {
        for (int i = TEXT.length - 1; i >= 0; i--) {
            assertThat(bytes.available()).isZero();
            add(i, i + 1);
        }
        assertThat(bytes.available()).isEqualTo(TEXT.length);
    }

    @Test
    void refusesMoreBytesThanItKeeps() {
        bytes.add(1000, piece(0, 1));
        bytes.add((1L << 62) - 1, piece(0, 1));
        add(0, 10);
        assertThat(bytes.available()).isEqualTo(10);
    }

    @Test
    @Tag("limit:ScatteredBytes.MAX_PIECES")
    void refusesMorePiecesThanItKeeps() {
        for (int i = ScatteredBytes.MAX_PIECES; i > 0; i--) {
            bytes.add(100 + 2L * i, piece(0, 1));
        }
        add(0, 10);
        assertThat(bytes.available()).isZero();
    }

    @Test
    void forgetsEverythingWhenCleared() {
        add(0, 10);
        bytes.clear();
        assertThat(bytes.available()).isZero();
    }

    private void add(int from, int to) {
        bytes.add(from, piece(from, to));
    }

    private static Slice piece(int from, int to) {
        return new Slice().wrap(new UnsafeBuffer(TEXT), from, to - from);
    }
}
