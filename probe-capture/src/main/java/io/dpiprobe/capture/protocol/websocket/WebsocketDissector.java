// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.websocket;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the frames of both sides: an event for each, when all of it has gone by. */
final class WebsocketDissector implements Dissector {
    private final Frame toServer = new Frame();
    private final Frame toClient = new Frame();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Frame frame = frame(from);
        if (!frame.isOpen() && frame.read(in) != Verdict.OK) {
            return in.verdict();
        }
        in.skip((int) frame.pass(in.remaining()));
        writeIfOver(frame, from, session);
        return Verdict.OK;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        Frame frame = frame(from);
        boolean within = frame.isOpen() && frame.pass(bytes) == bytes;
        writeIfOver(frame, from, session);
        return within ? Verdict.OK : Verdict.INVALID;
    }

    @Override
    public void reset() {
        toServer.close();
        toClient.close();
    }

    private Frame frame(Direction from) {
        return from == Direction.TO_SERVER ? toServer : toClient;
    }

    private static void writeIfOver(Frame frame, Direction from, Session session) {
        if (frame.isOpen() && frame.isOver()) {
            frame.write(from, session);
            frame.close();
        }
    }
}
