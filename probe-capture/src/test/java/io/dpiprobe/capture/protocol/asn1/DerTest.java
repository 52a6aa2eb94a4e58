// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.asn1;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class DerTest {
    @Test
    void readsNumbersOfOneToFourBytesWithTheirSign() {
        assertThat(number(0x02, 0x01, 0x7f)).isEqualTo(127);
        assertThat(number(0x02, 0x01, 0x80)).isEqualTo(-128);
        assertThat(number(0x02, 0x02, 0x00, 0x80)).isEqualTo(128);
        assertThat(number(0x02, 0x04, 0x80, 0x00, 0x00, 0x00)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void refusesNumbersOfNoBytesAndOfFive() {
        assertThat(verdictOfNumber(0x02, 0x00)).isEqualTo(Verdict.INVALID);
        assertThat(verdictOfNumber(0x02, 0x05, 1, 2, 3, 4, 5)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAnotherTag() {
        assertThat(verdictOfNumber(0x0a, 0x01, 0x01)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesLengthsWithoutAnEndAndLengthsBeyondFourBytes() {
        assertThat(verdictOfLength(0x80)).isEqualTo(Verdict.INVALID);
        assertThat(verdictOfLength(0x85, 0, 0, 0, 0, 1)).isEqualTo(Verdict.INVALID);
        assertThat(verdictOfLength(0x84, 0xff, 0xff, 0xff, 0xff)).isEqualTo(Verdict.INVALID);
    }

    private static int number(int... bytes) {
        return Der.number(cursor(bytes), Der.INTEGER);
    }

    private static Verdict verdictOfNumber(int... bytes) {
        Cursor in = cursor(bytes);
        Der.number(in, Der.INTEGER);
        return in.verdict();
    }

    private static Verdict verdictOfLength(int... bytes) {
        Cursor in = cursor(bytes);
        Der.skipLength(in);
        return in.verdict();
    }

    private static Cursor cursor(int... bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length]);
        for (int i = 0; i < bytes.length; i++) {
            buffer.putByte(i, (byte) bytes[i]);
        }
        return new Cursor().wrap(buffer, 0, bytes.length);
    }
}
