// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.ContentCoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Answers requests at once, by a rule, and asserts that what arrives is what the headers say. */
final class FakeCore implements Sender {
    private static final int MAX_PLAIN = 1 << 24;

    private final List<Request> requests = new ArrayList<>();
    private final Set<Long> taken = new TreeSet<>();
    private final Function<Request, Answer> rule;

    /** What arrived. */
    record Request(HttpUrl url, List<Long> seqs, ContentCoding coding, int attempt) {}

    FakeCore(Function<Request, Answer> rule) {
        this.rule = rule;
    }

    static Answer status(int status) {
        return status(status, "");
    }

    static Answer status(int status, String body) {
        return new Answer(status, null, null, false, body.getBytes(StandardCharsets.UTF_8), null);
    }

    static Answer retryAfter(int status, String value) {
        return new Answer(status, value, null, false, new byte[0], null);
    }

    @Override
    public void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer) {
        List<Long> seqs = plain(body)
                .lines()
                .map(line -> Long.parseLong(line.replaceAll(".*\"seq\":([0-9]+).*", "$1")))
                .toList();
        assertThat(head.get("X-Batch-Count")).isEqualTo(Integer.toString(seqs.size()));
        assertThat(head.get("X-Batch-First-Seq")).isEqualTo(seqs.get(0).toString());
        assertThat(head.get("X-Batch-Last-Seq"))
                .isEqualTo(seqs.get(seqs.size() - 1).toString());
        assertThat(head.get("Content-Encoding")).isEqualTo(body.coding().header());
        int attempt = Integer.parseInt(String.valueOf(head.get("X-Batch-Attempt")));
        Request request = new Request(url, seqs, body.coding(), attempt);
        requests.add(request);
        Answer answer = rule.apply(request);
        if (answer.status() / 100 == 2) {
            taken.addAll(seqs);
        }
        onAnswer.accept(answer);
    }

    private static String plain(Body body) {
        byte[] plain = switch (body.coding()) {
            case NONE -> body.bytes();
            case ZSTD -> Zstd.decompress(body.bytes(), MAX_PLAIN);
            case GZIP -> gunzip(body.bytes());
        };
        return new String(plain, StandardCharsets.UTF_8);
    }

    private static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean refreshCredentials() {
        return false;
    }

    @Override
    public long certificateExpiresMs() {
        return 0;
    }

    @Override
    public void close() {}

    List<Request> requests() {
        return requests;
    }

    Set<Long> taken() {
        return taken;
    }
}
