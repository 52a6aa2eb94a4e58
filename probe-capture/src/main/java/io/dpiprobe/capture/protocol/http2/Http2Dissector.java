// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Follows a connection that speaks HTTP/2: reads the frames of both sides and writes an event for each stream. */
final class Http2Dissector implements Dissector {
    private final StreamTable streams = new StreamTable();
    private final ConnectionEvent connection = new ConnectionEvent();
    private final FrameReader client = new FrameReader(Direction.TO_SERVER, streams, connection);
    private final FrameReader server = new FrameReader(Direction.TO_CLIENT, streams, connection);

    private final UpgradedRequest upgraded = new UpgradedRequest(streams, connection);
    private boolean begun;

    /** Reads all frames at hand before it writes, so that a stream's last frames show in its event. */
    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (!begun) {
            begun = true;
            upgraded.begin(session);
        }
        FrameReader reader = from == Direction.TO_SERVER ? client : server;
        int length = in.remaining();
        int start = in.position();
        int done = 0;
        Verdict verdict = Verdict.OK;
        while (done < length && verdict == Verdict.OK) {
            in.wrap(in.buffer(), start + done, length - done);
            verdict = reader.read(in, session);
            done += verdict == Verdict.OK ? in.consumed() : 0;
        }
        streams.writeEnded(session);
        if (verdict == Verdict.INVALID || done == 0) {
            return verdict;
        }
        in.wrap(in.buffer(), start, length).skip(done);
        return Verdict.OK;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        FrameReader reader = from == Direction.TO_SERVER ? client : server;
        boolean within = reader.onGap(bytes, session);
        streams.writeEnded(session);
        return within ? Verdict.OK : Verdict.INVALID;
    }

    @Override
    public void onEnd(Session session) {
        connection.begin(session);
        streams.writeAll(session);
    }

    @Override
    public void reset() {
        client.reset();
        server.reset();
        connection.reset();
        streams.reset();
        begun = false;
    }
}
