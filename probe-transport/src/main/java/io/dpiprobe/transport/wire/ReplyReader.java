// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.dpiprobe.buffer.Bound;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON body of a 2xx, skipping what it does not know: what is inside an unexpected object or array must not be
 * taken for the fields around it.
 */
final class ReplyReader {
    @Bound(
            of = "objects inside each other in an answer",
            then = "the answer is unreadable",
            seen = "unreadable_acks_total")
    private static final int MAX_NESTING = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    private String status = "";
    private @Nullable Long ackedThrough;
    private final Map<Long, String> rejected = new HashMap<>();
    private long retryAfterMs;

    private ReplyReader() {}

    /** Returns null if the bytes are not an object in JSON. */
    static @Nullable Reply read(byte[] body) {
        ReplyReader reader = new ReplyReader();
        try (JsonParser in = JSON.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            reader.readFields(in);
        } catch (IOException e) {
            return null;
        }
        return new Reply(reader.status, reader.ackedThrough, reader.rejected, reader.retryAfterMs, List.of());
    }

    private void readFields(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "status" -> status = text(in);
                case "acked_through" -> ackedThrough = wholeNumber(in);
                case "retry_after_ms" -> retryAfterMs = number(in);
                case "rejected" -> readRejected(in);
                default -> in.skipChildren();
            }
        }
    }

    private static String text(JsonParser in) throws IOException {
        String text = in.getValueAsString("");
        in.skipChildren();
        return text;
    }

    private static @Nullable Long wholeNumber(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return in.getLongValue();
        }
        in.skipChildren();
        return null;
    }

    private static long number(JsonParser in) throws IOException {
        long number = in.getValueAsLong(0);
        in.skipChildren();
        return number;
    }

    private void readRejected(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() == JsonToken.START_OBJECT) {
            readOneRejected(in);
        }
    }

    private void readOneRejected(JsonParser in) throws IOException {
        Long seq = null;
        String code = "";
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (name.equals("seq")) {
                seq = wholeNumber(in);
            } else if (name.equals("code")) {
                code = text(in);
            } else {
                in.skipChildren();
            }
        }
        if (seq != null) {
            rejected.put(seq, code);
        }
    }
}
