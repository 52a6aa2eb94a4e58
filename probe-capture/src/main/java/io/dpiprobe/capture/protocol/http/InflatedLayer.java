// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Undoes one content coding: gzip, zlib or raw deflate, told apart by the first bytes, since servers confuse the last
 * two (RFC 9110, 8.4.1). What turns out to be none of them passes as it is.
 */
final class InflatedLayer implements ContentLayer {
    /** Decompressed bytes of one body; beyond it the rest passes unseen. */
    @Bound(
            of = "what a compressed body may become",
            then = "the rest passes unseen",
            seen = "fileinfo.state",
            unit = Bound.Unit.BYTES)
    static final long MAX_OUTPUT_BYTES = 64L * 1024 * 1024;
    /** Decompressed bytes for each compressed one: deflate cannot do more than 1032 (zlib's technical notes). */
    @Bound(of = "decompressed bytes for each compressed one", then = "the rest passes unseen", seen = "fileinfo.state")
    static final int MAX_RATIO = 1024;

    /** What a short body may grow to before its ratio counts. */
    private static final int SHORT_BYTES = 8 * 1024;

    private static final byte[] NOTHING = {};

    private final GzipHeader gzip = new GzipHeader();
    private final Slice rest = new Slice();
    private final Slice piece = new Slice();
    private final Slice later = new Slice();
    private final byte[] first = new byte[1];
    private final UnsafeBuffer firstView = new UnsafeBuffer(first);
    private final int index;
    private final UnsafeBuffer outputView = new UnsafeBuffer(0, 0);
    private byte[] input = NOTHING;
    private ContentConsumer next = (content, session) -> {};
    private @Nullable Inflater inflater;
    private State state = State.SNIFF;
    private int firstByte;
    private long consumed;
    private long produced;

    private enum State {
        SNIFF,
        SNIFF_SECOND,
        GZIP_HEADER,
        INFLATE,
        AS_IT_IS,
        DONE
    }

    /** @param index how many codings lie beneath this one */
    InflatedLayer(int index) {
        this.index = index;
    }

    @Override
    public void begin(ContentConsumer next, Session session) {
        this.next = next;
        gzip.reset();
        inflater = session.inflaters().borrow();
        state = inflater == null ? State.AS_IT_IS : State.SNIFF;
        consumed = 0;
        produced = 0;
    }

    @Override
    public void finish(Session session) {
        // what came was decompressed as it came
    }

    @Override
    public void onLost(Session session) {
        // what follows is damaged, and shows as that
    }

    @Override
    public void end(Session session) {
        if (inflater != null) {
            session.inflaters().giveBack(inflater);
            inflater = null;
        }
        input = NOTHING;
    }

    @Override
    public boolean isCutShort() {
        return isOver(produced, consumed, MAX_OUTPUT_BYTES);
    }

    /** True if there was more than may be decompressed. */
    static boolean isOver(long produced, long consumed, long most) {
        return produced > most || produced > MAX_RATIO * (consumed + SHORT_BYTES);
    }

    @Override
    public void onDecoded(Slice content, Session session) {
        rest.wrap(content.buffer(), content.offset(), content.length());
        while (!rest.isEmpty() && state != State.DONE) {
            switch (state) {
                case SNIFF -> sniff();
                case SNIFF_SECOND -> sniffSecond(session);
                case GZIP_HEADER -> state = gzip.skip(rest) ? State.INFLATE : State.GZIP_HEADER;
                case INFLATE -> inflate(session);
                case AS_IT_IS -> pass(session);
                case DONE -> {}
            }
        }
    }

    private void sniff() {
        firstByte = rest.u8(0);
        if (rest.length() == 1) {
            rest.advance(1);
            state = State.SNIFF_SECOND;
        } else {
            decide(firstByte, rest.u8(1), 2);
        }
    }

    private void sniffSecond(Session session) {
        int second = rest.u8(0);
        decide(firstByte, second, 1);
        if (state == State.INFLATE && !isZlib(firstByte, second)) {
            first[0] = (byte) firstByte;
            later.wrap(rest.buffer(), rest.offset(), rest.length());
            rest.wrap(firstView, 0, 1);
            inflate(session);
            if (state == State.AS_IT_IS) {
                pass(session);
            }
            rest.wrap(later.buffer(), later.offset(), later.length());
        }
    }

    private void decide(int first, int second, int zlibHeader) {
        if (first == 0x1f && second == 0x8b) {
            state = State.GZIP_HEADER;
            if (zlibHeader == 1) {
                gzip.onFirst(first);
            }
            return;
        }
        if (isZlib(first, second)) {
            rest.advance(zlibHeader);
        }
        state = State.INFLATE;
    }

    /** RFC 1950, 2.2. */
    private static boolean isZlib(int first, int second) {
        return (first & 15) == 8 && first >> 4 <= 7 && (first << 8 | second) % 31 == 0;
    }

    private void pass(Session session) {
        piece.wrap(rest.buffer(), rest.offset(), rest.length());
        rest.advance(rest.length());
        next.onDecoded(piece, session);
    }

    private void inflate(Session session) {
        Inflater decompressor = inflater;
        assert decompressor != null;
        setInput(decompressor);
        int before = rest.length();
        try {
            drain(decompressor, session);
        } catch (DataFormatException e) {
            state = produced == 0 ? State.AS_IT_IS : State.DONE; // not compressed after all, or damaged
        }
        if (state != State.AS_IT_IS) {
            rest.advance(before);
        }
        consumed += before;
    }

    private void drain(Inflater decompressor, Session session) throws DataFormatException {
        byte[] output = session.inflaters().output(index);
        outputView.wrap(output);
        int count = decompressor.inflate(output);
        while (count > 0) {
            produced += count;
            next.onDecoded(piece.wrap(outputView, 0, count), session);
            if (isCutShort()) {
                state = State.DONE;
                return;
            }
            count = decompressor.inflate(output);
        }
        if (decompressor.finished()) {
            state = State.DONE;
        }
    }

    private void setInput(Inflater decompressor) {
        DirectBuffer buffer = rest.buffer();
        byte[] array = buffer.byteArray();
        if (array != null) {
            decompressor.setInput(array, buffer.wrapAdjustment() + rest.offset(), rest.length());
            return;
        }
        if (input.length < rest.length()) {
            input = new byte[rest.length()];
        }
        buffer.getBytes(rest.offset(), input, 0, rest.length());
        decompressor.setInput(input, 0, rest.length());
    }
}
