// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one direction: those of data piece by piece as they come, the others whole (RFC 9113, 4 and 6). */
final class FrameReader {
    /** Longest frame other than of data: as long as the headers of a whole message may be. */
    @Bound(
            of = "a frame other than of data",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_FRAME_BYTES = HeaderBlock.MAX_BYTES;

    private final Direction from;
    private final StreamTable streams;
    private final ConnectionEvent connection;
    private final HeaderDecoder decoder = new HeaderDecoder();
    private final HeaderBlock block = new HeaderBlock();
    private final Cursor blockCursor = new Cursor();
    private final Slice slice = new Slice();
    private boolean prefaceDue;
    /** Of the frame of data at hand: content and padding still to come. */
    private int contentLeft;

    private int paddingLeft;
    private int dataFlags;
    private @Nullable Stream dataStream;
    /** Of the header block at hand. */
    private int headersFlags;

    private int headersStream;
    private boolean promised;

    FrameReader(Direction from, StreamTable streams, ConnectionEvent connection) {
        this.from = from;
        this.streams = streams;
        this.connection = connection;
        reset();
    }

    /** Makes this as new for another connection. */
    void reset() {
        decoder.reset();
        block.clear();
        prefaceDue = from == Direction.TO_SERVER;
        contentLeft = 0;
        paddingLeft = 0;
        dataStream = null;
        headersStream = 0;
    }

    /** Reads one frame, or a piece of one of data. */
    Verdict read(Cursor in, Session session) {
        if (prefaceDue) {
            Http2Detector.skipPreface(in);
            prefaceDue = in.failed();
            if (!prefaceDue) {
                connection.begin(session);
            }
        } else if (dataStream != null) {
            readData(in, session);
        } else {
            readFrame(in, session);
        }
        return in.verdict();
    }

    /** Passes over lost bytes; false if they were more than data. */
    boolean onGap(long bytes, Session session) {
        Stream stream = dataStream;
        if (stream == null || bytes > contentLeft + paddingLeft) {
            return false;
        }
        int content = (int) Math.min(bytes, contentLeft);
        contentLeft -= content;
        paddingLeft -= (int) bytes - content;
        stream.body(from).onLost(content, session);
        endData(stream, session);
        return true;
    }

    private void readFrame(Cursor in, Session session) {
        int length = in.u24();
        int type = in.u8();
        int flags = in.u8();
        int id = in.i32() & Integer.MAX_VALUE;
        in.require(headersStream == 0 || type == Frame.CONTINUATION);
        if (id != 0) {
            connection.begin(session);
        }
        if (type == Frame.DATA) {
            beginData(length, flags, id, in, session);
            return;
        }
        in.require(length <= MAX_FRAME_BYTES);
        in.skip(length);
        if (!in.failed()) {
            in.seek(in.consumed() - length);
            int outer = in.enter(length);
            readWhole(type, flags, id, in, session);
            in.leave(outer);
        }
    }

    private void readWhole(int type, int flags, int id, Cursor in, Session session) {
        if (id == 0) {
            if (type != Frame.SETTINGS || in.hasRemaining()) {
                session.nextTransaction(); // what sets nothing is an acknowledgement, or empty
            }
            connection.read(from, type, flags, in, session);
            return;
        }
        if (!Frame.isOfExchange(type) && streams.isOver(id)) {
            return; // it was on its way when the stream was closed (RFC 9113, 5.1)
        }
        switch (type) {
            case Frame.HEADERS -> readHeaders(flags, id, in, session);
            case Frame.PUSH_PROMISE -> readPushPromise(flags, in, session);
            case Frame.CONTINUATION -> readContinuation(flags, id, in, session);
            case Frame.PRIORITY -> {
                in.skip(4);
                streams.open(id, session).frames(from).onPriority(in.u8());
            }
            case Frame.RST_STREAM -> {
                Stream stream = streams.open(id, session);
                stream.frames(from).onError(in.u32());
                stream.reset(session);
            }
            default -> streams.open(id, session);
        }
    }

    private void beginData(int length, int flags, int id, Cursor in, Session session) {
        in.require(id != 0);
        boolean padded = (flags & Frame.PADDED) != 0;
        int padding = padded ? in.u8() : 0;
        int content = length - padding - (padded ? 1 : 0);
        in.require(content >= 0);
        if (in.failed()) {
            return;
        }
        Stream stream = streams.open(id, session);
        dataStream = stream;
        dataFlags = flags;
        contentLeft = content;
        paddingLeft = padding;
        endData(stream, session);
    }

    private void readData(Cursor in, Session session) {
        Stream stream = dataStream;
        assert stream != null;
        int content = Math.min(contentLeft, in.remaining());
        in.slice(content, slice);
        contentLeft -= content;
        stream.body(from).onContent(slice, session);
        int padding = Math.min(paddingLeft, in.remaining());
        in.skip(padding);
        paddingLeft -= padding;
        endData(stream, session);
    }

    private void endData(Stream stream, Session session) {
        if (contentLeft == 0 && paddingLeft == 0) {
            dataStream = null;
            if ((dataFlags & Frame.END_STREAM) != 0) {
                stream.end(from, session);
            }
        }
    }

    private void readHeaders(int flags, int id, Cursor in, Session session) {
        int padding = (flags & Frame.PADDED) != 0 ? in.u8() : 0;
        Stream stream = streams.open(id, session);
        if ((flags & Frame.HAS_PRIORITY) != 0) {
            in.skip(4); // the stream it depends on
            stream.frames(from).onPriority(in.u8());
        }
        headersStream = id;
        promised = false;
        readFragment(flags, in.remaining() - padding, in, session);
    }

    private void readPushPromise(int flags, Cursor in, Session session) {
        int padding = (flags & Frame.PADDED) != 0 ? in.u8() : 0;
        int id = in.i32() & Integer.MAX_VALUE;
        in.require(id != 0);
        if (!in.failed()) {
            headersStream = id;
            promised = true;
            readFragment(flags, in.remaining() - padding, in, session);
        }
    }

    /** The flags count that the first frame of the block had. */
    private void readContinuation(int flags, int id, Cursor in, Session session) {
        in.require(headersStream == id || (promised && headersStream != 0));
        if (!in.failed()) {
            readFragment(headersFlags | (flags & Frame.END_HEADERS), in.remaining(), in, session);
        }
    }

    private void readFragment(int flags, int length, Cursor in, Session session) {
        in.slice(length, slice);
        in.require(block.add(slice));
        headersFlags = flags;
        if (!in.failed() && (flags & Frame.END_HEADERS) != 0) {
            Stream stream = streams.open(headersStream, session);
            Direction about = promised ? Direction.TO_SERVER : from;
            headersStream = 0;
            decoder.read(block.wrap(blockCursor), stream.headers(about));
            block.clear();
            in.require(!blockCursor.failed());
            if (promised || (flags & Frame.END_STREAM) != 0) {
                stream.end(about, session);
            }
        }
    }
}
