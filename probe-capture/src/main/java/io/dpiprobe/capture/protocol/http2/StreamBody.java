// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.http.ContentConsumer;
import io.dpiprobe.capture.protocol.http.ContentDecoder;

/** Follows the file that the data of one direction of a stream is. */
final class StreamBody implements FileCarrier, ContentConsumer {
    private final Stream stream;
    private final Direction from;
    private final Http2Event event;
    private final FileTracker file;
    private final ContentDecoder decoder = new ContentDecoder();
    private final Slice value = new Slice();
    private State state = State.NONE;
    private End end = End.COMPLETE;

    private enum State {
        NONE,
        OPEN,
        /** Over, but its event is not written: what else the stream has at hand goes first. */
        ENDED
    }

    StreamBody(Stream stream, Direction from, Http2Event event) {
        this.stream = stream;
        this.from = from;
        this.event = event;
        file = new FileTracker(from);
    }

    void onContent(Slice content, Session session) {
        if (begins(session) && !content.isEmpty()) {
            decoder.onContent(content, session);
        }
    }

    void onLost(long bytes, Session session) {
        if (begins(session)) {
            file.onLost(bytes);
        }
    }

    /** There will be no more. */
    void end(End end, Session session) {
        if (state == State.OPEN) {
            this.end = decoder.isCutShort() ? End.CUT_SHORT : end;
            decoder.end(session);
            state = State.ENDED;
        }
    }

    /** Writes the event of the file, if it has ended. */
    void write(Session session) {
        if (state == State.ENDED) {
            file.close(end, this, session);
            state = State.NONE;
        }
    }

    @Override
    public void onDecoded(Slice content, Session session) {
        file.onContent(content);
    }

    @Override
    public String protocol() {
        return "http2";
    }

    @Override
    public long transaction() {
        return stream.transaction();
    }

    @Override
    public void write(JsonWriter json) {
        event.writeObject(stream, json);
    }

    /** True if the file is open, or can be. */
    private boolean begins(Session session) {
        if (state == State.NONE && session.wants(EventType.FILEINFO)) {
            state = State.OPEN;
            file.open(event.fileName(stream, from), session);
            stream.headers(from).find("content-encoding", value);
            decoder.begin(value, this, session);
        }
        return state == State.OPEN;
    }
}
