// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.dns.DnsOverHttp;
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
    private boolean dns;
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
            decoder.onLost(session);
            file.onLost(bytes);
            forgetMessage();
        }
    }

    /** There will be no more. */
    void end(End end, Session session) {
        if (state == State.OPEN) {
            decoder.finish(session);
            this.end = decoder.isCutShort() ? End.CUT_SHORT : end;
            decoder.end(session);
            if (this.end == End.CUT_SHORT) {
                forgetMessage();
            }
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
        if (dns) {
            stream.dns().onContent(content);
        }
    }

    @Override
    public String protocol() {
        return stream.dns().isKnown() ? Http2Event.DNS_OVER_HTTP2 : "http2";
    }

    @Override
    public long transaction() {
        return stream.transaction();
    }

    @Override
    public void write(JsonWriter json) {
        event.writeObject(stream, json);
        boolean unused = stream.dns().write(json);
    }

    private void forgetMessage() {
        if (dns) {
            dns = false;
            stream.dns().clear();
        }
    }

    /** True if the file is open, or can be. */
    private boolean begins(Session session) {
        if (state == State.NONE && (session.wants(EventType.FILEINFO) || session.wants(EventType.DNS))) {
            state = State.OPEN;
            file.open(event.fileName(stream, from), session);
            stream.headers(from).find("content-type", value);
            dns = DnsOverHttp.isMediaType(value);
            if (dns) {
                stream.dns().begin(session);
            }
            stream.headers(from).find("content-encoding", value);
            decoder.begin(value, this, session);
        }
        return state == State.OPEN;
    }
}
