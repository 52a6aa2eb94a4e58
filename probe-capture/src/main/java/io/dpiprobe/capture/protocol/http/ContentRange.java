// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;

/** Reads which part of a file a response carries (RFC 9110, 14.4). */
final class ContentRange {
    private static final String UNIT = "bytes";

    private final Slice text = new Slice();
    private long start;
    private long end;
    private long size;

    /** Reads {@code bytes start-end/size}, each of which may be unknown; false if it is something else. */
    boolean read(Slice value) {
        start = -1;
        end = -1;
        size = -1;
        text.wrap(value.buffer(), value.offset(), value.length());
        if (!text.startsWithIgnoreCase(UNIT) || text.length() <= UNIT.length()) {
            return false;
        }
        text.advance(UNIT.length());
        if (!HttpText.isBlank(text.u8(0))) {
            return false;
        }
        HttpText.trim(text);
        return readBounds() && readSize();
    }

    /** The first byte; -1 if it is not given. */
    long start() {
        return start;
    }

    /** The last byte; -1 if it is not given. */
    long end() {
        return end;
    }

    /** The length of the whole file; -1 if it is not given. */
    long size() {
        return size;
    }

    /** True if it is not the whole file. */
    boolean isPart() {
        return start > 0 || (start == 0 && end + 1 != size);
    }

    void write(Slice value, JsonWriter json) {
        json.beginObject("content_range").wire("raw", value);
        if (read(value)) {
            number(json, "start", start);
            number(json, "end", end);
            number(json, "size", size);
        }
        json.endObject();
    }

    private boolean readBounds() {
        if (take('*')) {
            return take('/');
        }
        start = takeNumber();
        if (start < 0 || !take('-')) {
            return false;
        }
        end = takeNumber();
        return end >= 0 && take('/');
    }

    private boolean readSize() {
        if (take('*')) {
            return true;
        }
        size = takeNumber();
        return size >= 0;
    }

    private boolean take(char c) {
        boolean there = !text.isEmpty() && text.u8(0) == c;
        text.advance(there ? 1 : 0);
        return there;
    }

    private long takeNumber() {
        long number = HttpText.decimal(text);
        while (!text.isEmpty() && HttpText.isDigit(text.u8(0))) {
            text.advance(1);
        }
        return number;
    }

    private static void number(JsonWriter json, String name, long value) {
        if (value >= 0) {
            json.number(name, value);
        }
    }
}
