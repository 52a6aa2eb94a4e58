// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private static @Nullable Reply read(String json) {
        return ReplyReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsEveryField() {
        assertThat(read("{\"status\":\"PARTIAL\",\"acked_through\":7,\"rejected\":[{\"seq\":3,\"code\":\"x\"}],"
                        + "\"retry_after_ms\":250,\"more\":{\"status\":\"OK\"}}"))
                .isEqualTo(new Reply("PARTIAL", 7L, Map.of(3L, "x"), 250, List.of()));
    }

    @Test
    void doesNotTakeWhatIsInsideAnObjectForItsOwnFields() {
        assertThat(read("{\"status\":{\"acked_through\":1,\"status\":\"BACKPRESSURE\"},\"acked_through\":{\"a\":[1]},"
                        + "\"retry_after_ms\":[{\"acked_through\":2}],\"rejected\":{\"seq\":1}}"))
                .isEqualTo(Reply.EMPTY);
        assertThat(read("{\"rejected\":[{\"seq\":{\"seq\":1},\"code\":[\"seq\"]},{\"code\":{\"seq\":2},\"seq\":5}]}"))
                .isEqualTo(new Reply("", null, Map.of(5L, ""), 0, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "7", "{", "{\"status\":\"OK\"", "{\"status\":nul}", "{\"acked_through\":1e"})
    void refusesWhatIsNotAnObject(String body) {
        assertThat(read(body)).isNull();
    }

    @Test
    @Tag("limit:ReplyReader.MAX_NESTING")
    void refusesADeepReply() {
        assertThat(read("{\"a\":".repeat(100) + "1" + "}".repeat(100))).isNull();
    }

    @Test
    @Tag("limit:BulkReplyReader.MAX_NESTING")
    void refusesADeepReplyOfTheBulkInterface() {
        assertThat(readBulk(20)).isNotNull();
        assertThat(readBulk(100)).isNull();
    }

    private static @Nullable Reply readBulk(int depth) {
        String deep = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        return BulkReplyReader.read(("{\"x\":" + deep + ",\"errors\":false}").getBytes(StandardCharsets.UTF_8));
    }
}
