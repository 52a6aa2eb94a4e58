// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.dns.DnsOverHttp;
import io.dpiprobe.capture.protocol.file.FileTracker.End;

/** Keeps what is known of one request and its response (RFC 9113, 5.1). */
final class Stream {
    private final HeaderList[] headers = {new HeaderList(), new HeaderList()};
    private final StreamFrames[] frames = {new StreamFrames(), new StreamFrames()};
    private final StreamBody[] bodies;
    private final DnsOverHttp dns = new DnsOverHttp();
    private final Slice value = new Slice();
    private final boolean[] ended = new boolean[2];
    private int id;
    private long transaction;

    Stream(Http2Event event) {
        bodies = new StreamBody[] {
            new StreamBody(this, Direction.TO_SERVER, event), new StreamBody(this, Direction.TO_CLIENT, event)
        };
    }

    /** Makes this as new for another stream. */
    void begin(int id, long transaction) {
        this.id = id;
        this.transaction = transaction;
        clear();
    }

    void clear() {
        for (int i = 0; i < ended.length; i++) {
            headers[i].clear();
            frames[i].clear();
            ended[i] = false;
        }
        dns.clear();
    }

    int id() {
        return id;
    }

    long transaction() {
        return transaction;
    }

    HeaderList headers(Direction from) {
        return headers[from.ordinal()];
    }

    StreamFrames frames(Direction from) {
        return frames[from.ordinal()];
    }

    StreamBody body(Direction from) {
        return bodies[from.ordinal()];
    }

    /** The DNS message that this stream carries, if it does. */
    DnsOverHttp dns() {
        return dns;
    }

    /** One side has said all it will. */
    void end(Direction from, Session session) {
        if (from == Direction.TO_SERVER && headers(from).find("accept", value) && DnsOverHttp.isMediaType(value)) {
            headers(from).find(":path", value);
            dns.onPath(value, session);
        }
        ended[from.ordinal()] = true;
        body(from).end(End.COMPLETE, session);
    }

    /** Either side has given the stream up: what is not complete stays so. */
    void reset(Session session) {
        for (StreamBody each : bodies) {
            each.end(End.CUT_SHORT, session);
        }
        ended[0] = true;
        ended[1] = true;
    }

    boolean isOver() {
        return ended[0] && ended[1];
    }

    /** The connection is over. */
    void endAll(Session session) {
        for (StreamBody each : bodies) {
            each.end(End.CUT_SHORT, session);
            each.write(session);
        }
    }

    /** Writes the files that are complete. */
    void writeFiles(Session session) {
        bodies[0].write(session);
        bodies[1].write(session);
    }
}
