// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CursorTest {
    private final Cursor in = new Cursor();

    @Test
    void readsNumbersInBothByteOrders() {
        over(0x01, 0x01, 0x02, 0x01, 0x02, 0x03, 0xff, 0xff, 0xff, 0xfe, 0x01, 0x02, 0x04, 0x03, 0x02, 0x01);

        assertThat(in.u8()).isEqualTo(1);
        assertThat(in.u16()).isEqualTo(0x0102);
        assertThat(in.u24()).isEqualTo(0x010203);
        assertThat(in.u32()).isEqualTo(0xfffffffeL);
        assertThat(in.u16le()).isEqualTo(0x0201);
        assertThat(in.u32le()).isEqualTo(0x01020304L);
        assertThat(in.verdict()).isEqualTo(Verdict.OK);
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void asksForMoreBehindTheBytesAtHandAndSaysHowManyItTakes() {
        over(0x01, 0x02, 0x03);
        in.u16();
        in.u32();

        assertThat(in.verdict()).isEqualTo(Verdict.NEED_MORE);
        assertThat(in.wanted()).isEqualTo(6);
    }

    @Test
    void refusesToReadBeyondALengthThatWasEntered() {
        over(0x02, 0x01, 0x02, 0x03, 0x04);
        in.enter(in.u8());
        in.u24();

        assertThat(in.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesALengthInsideALengthThatWasEntered() {
        over(0x02, 0x09, 0x02, 0x03, 0x04);
        in.enter(in.u8());
        in.enter(in.u8());

        assertThat(in.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreWhenAnEnteredLengthEndsBehindTheBytesAtHand() {
        over(0x05, 0x01);
        in.enter(in.u8());

        assertThat(in.verdict()).isEqualTo(Verdict.NEED_MORE);
        assertThat(in.wanted()).isEqualTo(6);
    }

    @Test
    void leavesAtTheEndOfWhatWasEnteredWhateverWasRead() {
        over(0x03, 0x01, 0x02, 0x03, 0x09);
        int outer = in.enter(in.u8());
        in.u8();
        in.leave(outer);

        assertThat(in.u8()).isEqualTo(9);
    }

    @Test
    void keepsTheFirstFailureAndReadsZeroAfterwards() {
        over(0x01, 0x02, 0x03);
        in.require(false);
        in.needMore();

        assertThat(in.u8()).isZero();
        assertThat(in.remaining()).isZero();
        assertThat(in.consumed()).isZero();
        assertThat(in.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesNegativeLengths() {
        over(0x01);
        in.skip(-1);

        assertThat(in.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void slicesWithoutCopying() {
        over('a', 'b', 'c');
        Slice slice = new Slice();
        in.slice(2, slice);

        assertThat(slice.equalsIgnoreCase("AB")).isTrue();
        assertThat(in.u8()).isEqualTo('c');

        in.slice(1, slice);
        assertThat(slice.isEmpty()).isTrue();
    }

    @Test
    void seeksOnlyWithinItsBytes() {
        over(0x01, 0x02);
        in.skip(2);
        in.seek(1);
        assertThat(in.u8()).isEqualTo(2);

        in.seek(3);
        assertThat(in.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void findsAByteWithinABound() {
        over('a', '\n', 'b', '\n');

        assertThat(in.indexOf((byte) '\n', 10)).isEqualTo(1);
        assertThat(in.indexOf((byte) 'b', 2)).isEqualTo(-1);
    }

    @Test
    void findsTheFirstOfAnyByteWhereverItIs() {
        for (int value : new int[] {0, 1, '\n', 0x7f, 0x80, 0xff}) {
            for (int at = 0; at < 40; at++) {
                int[] bytes = new int[40];
                Arrays.fill(bytes, value ^ 1);
                bytes[at] = value;
                bytes[39] = value;
                over(bytes);

                assertThat(in.indexOf((byte) value, 40)).isEqualTo(at);
                assertThat(in.indexOf((byte) value, at)).isEqualTo(-1);
            }
        }
    }

    private void over(int... values) {
        byte[] bytes = new byte[values.length + 2];
        for (int i = 0; i < values.length; i++) {
            bytes[i + 1] = (byte) values[i];
        }
        in.wrap(new UnsafeBuffer(bytes), 1, values.length);
    }
}
