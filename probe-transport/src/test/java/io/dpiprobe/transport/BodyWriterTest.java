// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.BodyWriter;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of a writer that uses its memory again for each. */
class BodyWriterTest {
    private final FakeSource source = new FakeSource();
    private final BodyWriter bodies = new BodyWriter(Format.NDJSON, "p1");

    @ParameterizedTest
    @EnumSource
    void holdsItsOwnEventsWhateverComesBehind(ContentCoding coding) throws IOException {
        source.add(500);
        source.add(3);
        source.add(1, Encoding.ZSTD);
        Body longer = bodies.whole(next(), coding);
        Body shorter = bodies.whole(next(), coding);

        assertThat(text(longer)).isEqualTo(events(1, 500));
        assertThat(text(shorter)).isEqualTo(events(501, 503));
        if (coding == ContentCoding.ZSTD) {
            assertThat(text(bodies.whole(next(), coding))).isEqualTo(events(504, 504));
            assertThat(text(shorter)).isEqualTo(events(501, 503));
        }
    }

    private Batch next() {
        return Objects.requireNonNull(source.poll());
    }

    private static String events(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int seq = from; seq <= to; seq++) {
            text.append(FakeSource.event(seq)).append('\n');
        }
        return text.toString();
    }

    private static String text(Body body) throws IOException {
        byte[] plain = switch (body.coding()) {
            case NONE -> body.bytes();
            case GZIP -> new GZIPInputStream(new ByteArrayInputStream(body.bytes())).readAllBytes();
            case ZSTD -> Zstd.decompress(body.bytes(), (int) Zstd.getFrameContentSize(body.bytes()));
        };
        return new String(plain, StandardCharsets.UTF_8);
    }
}
