// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.protocol.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the streams of a connection that are not over, in the order in which they were opened. */
final class StreamTable {
    /** Streams open at the same time: servers allow 100 to 256. The oldest makes way for one more. */
    @Bound(of = "streams of a connection", then = "the oldest is written as it is", seen = "http event without status")
    static final int MAX_OPEN = 256;
    /** Kept for the next connection. */
    private static final int MAX_IDLE = 4;

    private final Int2ObjectHashMap<Stream> byId = new Int2ObjectHashMap<>();
    private final List<Stream> open = new ArrayList<>(2);
    private final ArrayDeque<Stream> idle = new ArrayDeque<>();
    private final Http2Event event = new Http2Event();
    /** Of the streams of the server, and of those of the client. */
    private final int[] highest = new int[2];

    private boolean changed;

    /** Makes this as new for another connection. */
    void reset() {
        highest[0] = 0;
        highest[1] = 0;
    }

    /** True if it was, or was passed by (RFC 9113, 5.1.1). */
    boolean isOver(int id) {
        return id <= highest[id & 1] && !byId.containsKey(id);
    }

    /** The stream of this number, opened if it is not. */
    Stream open(int id, Session session) {
        changed = true;
        @Nullable Stream known = byId.get(id);
        if (known != null) {
            return known;
        }
        if (open.size() == MAX_OPEN) {
            finish(0, session);
        }
        Stream stream = idle.isEmpty() ? new Stream(event) : idle.removeLast();
        stream.begin(id, session.nextTransaction());
        highest[id & 1] = Math.max(highest[id & 1], id);
        byId.put(id, stream);
        open.add(stream);
        return stream;
    }

    /** Writes what has ended since the last time: files, and the events of streams. */
    void writeEnded(Session session) {
        if (!changed) {
            return;
        }
        changed = false;
        for (int i = 0; i < open.size(); i++) {
            Stream stream = open.get(i);
            stream.writeFiles(session);
            if (stream.isOver()) {
                finish(i--, session);
            }
        }
    }

    /** The connection is over: so are its streams. */
    void writeAll(Session session) {
        while (!open.isEmpty()) {
            finish(0, session);
        }
    }

    private void finish(int index, Session session) {
        Stream stream = open.remove(index);
        byId.remove(stream.id());
        stream.endAll(session);
        event.write(stream, session);
        stream.clear();
        if (idle.size() < MAX_IDLE) {
            idle.addLast(stream);
        }
    }
}
