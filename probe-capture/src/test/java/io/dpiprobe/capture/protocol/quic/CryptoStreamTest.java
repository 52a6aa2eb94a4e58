// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.protocol.Cursor;
import org.junit.jupiter.api.Test;

class CryptoStreamTest {
    /** A message of type 1 with six bytes. */
    private static final String MESSAGE = "01000006" + "a0a1a2a3a4a5";

    private final CryptoStream stream = new CryptoStream();

    @Test
    void putsPiecesTogetherInAnyOrder() {
        add(6, 10);
        add(0, 2);
        assertThat(stream.isComplete()).isFalse();
        add(1, 7);

        assertThat(stream.isComplete()).isTrue();
        assertThat(stream.type()).isEqualTo(1);
        Cursor body = stream.read(new Cursor());
        assertThat(body.remaining()).isEqualTo(6);
        assertThat(body.u32()).isEqualTo(0xa0a1a2a3L);
    }

    @Test
    void takesEveryByteAloneFromBackToFront() {
        for (int i = MESSAGE.length() / 2 - 1; i >= 0; i--) {
            assertThat(stream.isComplete()).isFalse();
            add(i, i + 1);
        }
        assertThat(stream.isComplete()).isTrue();
    }

    @Test
    void refusesMoreBytesThanItKeeps() {
        stream.add(CryptoStream.MAX_BYTES, QuicBytes.slice("00"));
        stream.add((1L << 62) - 1, QuicBytes.slice("00"));
        assertThat(stream.isComplete()).isFalse();

        add(0, 10);
        assertThat(stream.isComplete()).isTrue();
    }

    @Test
    void refusesMorePiecesThanItKeeps() {
        for (int i = CryptoStream.MAX_PIECES; i > 0; i--) {
            stream.add(100 + 2L * i, QuicBytes.slice("00"));
        }
        add(0, 10);
        assertThat(stream.isComplete()).isFalse();
    }

    @Test
    void forgetsEverythingWhenCleared() {
        add(0, 10);
        stream.clear();
        assertThat(stream.isComplete()).isFalse();
    }

    private void add(int from, int to) {
        stream.add(from, QuicBytes.slice(MESSAGE.substring(2 * from, 2 * to)));
    }
}
