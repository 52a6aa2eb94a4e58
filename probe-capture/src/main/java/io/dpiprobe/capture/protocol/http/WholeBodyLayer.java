// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Undoes the content codings {@code br} (RFC 7932) and {@code lzma} once the whole body is at hand: their decoders cannot
 * stop in the middle and go on with the next piece. What turns out to be something else passes as it is.
 */
final class WholeBodyLayer implements ContentLayer {
    /** Most of what is fetched by a page is shorter. */
    @Bound(
            of = "a body with the coding br or lzma, as it is sent",
            then = "it is taken as it is",
            seen = "fileinfo.state",
            unit = Bound.Unit.BYTES)
    static final int MAX_CODED_BYTES = 256 * 1024;
    /** Decoders make an array of the window's size, which a body may claim to be 16 MiB, or 4 GiB. */
    private static final int WINDOW_BITS = 22;
    /** All of it fits the largest window, so a smaller window changes nothing of it (RFC 7932, 9.1). */
    @Bound(
            of = "what a body with the coding br or lzma may become",
            then = "the rest passes unseen",
            seen = "fileinfo.state",
            unit = Bound.Unit.BYTES)
    static final int MAX_OUTPUT_BYTES = (1 << WINDOW_BITS) - 16;

    private static final int FIRST_CODED_BYTES = 4 * 1024;

    private final Slice piece = new Slice();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] coded = {};
    private int length;
    private long produced;
    private int index;
    private WholeCoding coding = WholeCoding.BROTLI;
    private boolean collecting;
    private boolean cutShort;
    private ContentConsumer next = (content, session) -> {};

    /** @param index how many codings lie beneath this one */
    void at(int index, WholeCoding coding) {
        this.index = index;
        this.coding = coding;
    }

    @Override
    public void begin(ContentConsumer next, Session session) {
        this.next = next;
        length = 0;
        produced = 0;
        collecting = true;
        cutShort = false;
    }

    @Override
    public void onDecoded(Slice content, Session session) {
        if (collecting && fits(content)) {
            content.buffer().getBytes(content.offset(), coded, length, content.length());
            length += content.length();
            return;
        }
        if (collecting) {
            cutShort = true;
            passCollected(session);
        }
        next.onDecoded(content, session);
    }

    private boolean fits(Slice content) {
        int needed = length + content.length();
        if (needed > MAX_CODED_BYTES) {
            return false;
        }
        if (needed > coded.length) {
            int doubled = Math.max(FIRST_CODED_BYTES, coded.length * 2);
            coded = Arrays.copyOf(coded, Math.min(MAX_CODED_BYTES, Math.max(needed, doubled)));
        }
        return true;
    }

    @Override
    public void onLost(Session session) {
        if (collecting) {
            passCollected(session);
        }
    }

    @Override
    public void finish(Session session) {
        if (!collecting || length == 0) {
            return;
        }
        if (decode(session)) {
            collecting = false;
        } else if (produced == 0) {
            passCollected(session); // not compressed after all
        } else {
            cutShort = true;
        }
    }

    @Override
    public boolean isCutShort() {
        return cutShort;
    }

    @Override
    public void end(Session session) {
        collecting = false;
        next = (content, unused) -> {};
        session.shared(WholeBodyPool.class, WholeBodyPool::new).giveBack(this);
    }

    private void passCollected(Session session) {
        collecting = false;
        if (length > 0) {
            view.wrap(coded);
            next.onDecoded(piece.wrap(view, 0, length), session);
        }
    }

    /** False if it is damaged. */
    private boolean decode(Session session) {
        view.wrap(coded);
        long head = view.getLong(0);
        coding.limitWindow(view, WINDOW_BITS);
        boolean decoded = run(session);
        view.wrap(coded);
        view.putLong(0, head);
        return decoded;
    }

    private boolean run(Session session) {
        byte[] output = session.inflaters().output(index);
        view.wrap(output);
        try (InputStream in = coding.open(new ByteArrayInputStream(coded, 0, length))) {
            int count = in.read(output);
            while (count > 0 && !cutShort) {
                produced += count;
                next.onDecoded(piece.wrap(view, 0, count), session);
                cutShort = InflatedLayer.isOver(produced, length, MAX_OUTPUT_BYTES);
                count = cutShort ? 0 : in.read(output);
            }
            return true;
        } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return false;
        }
    }
}
