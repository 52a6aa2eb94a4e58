// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private final LineReader lines = new LineReader(8, TooLong.CUT);
    private final Slice line = new Slice();
    private final Cursor in = new Cursor();

    @Test
    void givesLinesWithoutTheirEnds() {
        wrap("ab\r\ncd\n\r\n");

        assertThat(next()).isEqualTo("ab");
        assertThat(next()).isEqualTo("cd");
        assertThat(next()).isEmpty();
        assertThat(lines.next(in, line)).isFalse();
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        for (int length = 0; length < 4; length++) {
            wrap("abcd\n".substring(0, length));
            assertThat(lines.next(in, line)).isFalse();
            assertThat(in.verdict()).isEqualTo(Verdict.NEED_MORE);
        }
        wrap("abcd\n");
        assertThat(next()).isEqualTo("abcd");
    }

    @Test
    void cutsLongLineAndPassesOverItsRest() {
        wrap("0123456789\nab\n");

        assertThat(next()).isEqualTo("01234567");
        assertThat(lines.wasCut()).isTrue();
        assertThat(lines.next(in, line)).isFalse();
        assertThat(in.verdict()).isEqualTo(Verdict.OK);
        assertThat(next()).isEqualTo("ab");
        assertThat(lines.wasCut()).isFalse();
    }

    @Test
    void givesLongLineInPieces() {
        LineReader pieces = new LineReader(8, TooLong.IN_PIECES);
        wrap("0123456789\nab\n");

        assertThat(pieces.next(in, line)).isTrue();
        assertThat(pieces.begins()).isTrue();
        assertThat(pieces.wasCut()).isTrue();
        assertThat(pieces.next(in, line)).isTrue();
        assertThat(pieces.begins()).isFalse();
        assertThat(pieces.wasCut()).isFalse();
        assertThat(line.length()).isEqualTo(2);
        assertThat(pieces.next(in, line)).isTrue();
        assertThat(pieces.begins()).isTrue();
    }

    private void wrap(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        in.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private String next() {
        assertThat(lines.next(in, line)).isTrue();
        byte[] bytes = new byte[line.length()];
        line.buffer().getBytes(line.offset(), bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
