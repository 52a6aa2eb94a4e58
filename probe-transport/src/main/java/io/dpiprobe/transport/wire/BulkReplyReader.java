// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.dpiprobe.buffer.Bound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the bulk interface says of each event, in the order in which they were sent. */
final class BulkReplyReader {
    @Bound(
            of = "objects inside each other in an answer of the bulk interface",
            then = "the answer is unreadable, and the batch is sent again",
            seen = "retries_total")
    private static final int MAX_NESTING = 32;

    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    private final List<Reply.Item> items = new ArrayList<>();
    private @Nullable Boolean errors;

    private BulkReplyReader() {}

    /** Returns null if the bytes do not say what became of the events. */
    static @Nullable Reply read(byte[] body) {
        BulkReplyReader reader = new BulkReplyReader();
        try (JsonParser in = JSON.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            reader.readFields(in);
        } catch (IOException e) {
            return null;
        }
        Boolean errors = reader.errors;
        if (errors == null || (errors && reader.items.isEmpty())) {
            return null;
        }
        return errors ? Reply.ofItems(reader.items) : Reply.EMPTY;
    }

    private void readFields(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("errors") && value.isBoolean()) {
                errors = in.getBooleanValue();
            } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                readItems(in);
            } else {
                in.skipChildren();
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the answer ends in the middle");
        }
    }

    /** Each item is an object with one field, the action, whose value says how it went. */
    private void readItems(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.START_OBJECT) {
            Reply.Item item = Reply.Item.again("no_status");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                if (in.nextToken() == JsonToken.START_OBJECT) {
                    item = readItem(in);
                } else {
                    in.skipChildren();
                }
            }
            items.add(item);
        }
    }

    private static Reply.Item readItem(JsonParser in) throws IOException {
        int status = 0;
        String reason = "";
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
                status = in.getIntValue();
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                reason = typeOf(in);
            } else {
                in.skipChildren();
            }
        }
        return item(status, reason.isEmpty() ? "http_" + status : reason);
    }

    private static String typeOf(JsonParser error) throws IOException {
        String type = "";
        while (error.nextToken() == JsonToken.FIELD_NAME) {
            String name = error.currentName();
            JsonToken value = error.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = error.getText();
            } else {
                error.skipChildren();
            }
        }
        return type;
    }

    private static Reply.Item item(int status, String reason) {
        if (status / 100 == 2 || status == CONFLICT) {
            return Reply.Item.TAKEN;
        }
        return switch (status) {
            case 401, 403, 404 -> Reply.Item.configuration(reason);
            case 0, 408, TOO_MANY -> Reply.Item.again(reason);
            default -> status >= 500 ? Reply.Item.again(reason) : Reply.Item.refused(reason);
        };
    }
}
