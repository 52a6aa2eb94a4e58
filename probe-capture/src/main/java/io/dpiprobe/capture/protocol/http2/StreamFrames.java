// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.eve.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Keeps what the frames of one direction of a stream say beside headers and data: the first of each kind. */
final class StreamFrames {
    private static final long NONE = -1;

    private long priority;
    private long error;
    private @Nullable String repeated;

    /** Makes this as new for another stream. */
    void clear() {
        priority = NONE;
        error = NONE;
        repeated = null;
    }

    void onPriority(int weight) {
        repeated = priority == NONE || repeated != null ? repeated : "priority";
        priority = priority == NONE ? weight : priority;
    }

    void onError(long code) {
        repeated = error == NONE || repeated != null ? repeated : "error_code";
        error = error == NONE ? code : error;
    }

    boolean isEmpty() {
        return priority == NONE && error == NONE;
    }

    void write(String name, JsonWriter json) {
        if (isEmpty()) {
            return;
        }
        json.beginObject(name);
        if (priority != NONE) {
            json.number("priority", priority);
        }
        if (error != NONE) {
            json.ascii("error_code", Frame.streamError(error));
        }
        String kind = repeated;
        if (kind != null) {
            json.ascii("has_multiple", kind);
        }
        json.endObject();
    }
}
