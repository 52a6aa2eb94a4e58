// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;

/**
 * Puts the ranges of one file together that a connection brings (RFC 9110, 14.4): from the first byte on, each beginning
 * no later than the one before has ended. Nothing is kept but the digests, so a range that comes too early is left out.
 */
final class JoinedRanges {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final FileTracker whole = new FileTracker(Direction.TO_CLIENT);
    private final Slice fresh = new Slice();
    private long resource;
    private long size;
    /** So many bytes of the file were taken in. */
    private long reached;
    /** So many bytes of the range at hand were taken in before. */
    private long known;

    private boolean taking;

    /** What a host calls by this path, as a number: two files are hardly ever the same. */
    static long resource(Slice host, Slice url) {
        return mix(mix(FNV_OFFSET, host) * FNV_PRIME, url);
    }

    private static long mix(long hash, Slice text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.u8(i)) * FNV_PRIME;
        }
        return mixed;
    }

    /** A range of a resource begins. */
    void begin(ContentRange range, long resource, Slice name, Session session) {
        boolean same = whole.isOpen() && this.resource == resource && size == range.size();
        if (!same && range.start() == 0 && range.size() > 0) {
            whole.forget(session);
            whole.open(name, session);
            this.resource = resource;
            size = range.size();
            reached = 0;
            same = whole.isOpen();
        }
        taking = same && range.start() <= reached && range.end() < size;
        known = reached - range.start();
    }

    void onContent(Slice content) {
        if (!taking) {
            return;
        }
        int skipped = (int) Math.min(known, content.length());
        known -= skipped;
        fresh.wrap(content.buffer(), content.offset() + skipped, content.length() - skipped);
        if (!fresh.isEmpty()) {
            whole.onContent(fresh);
            reached += fresh.length();
        }
    }

    /** Bytes of the range are missing here: so are they of the file. */
    void onLost() {
        taking = false;
    }

    /** The range is over; so is the file, if this was the rest of it. */
    void end(FileCarrier carrier, Session session) {
        if (taking && reached >= size) {
            whole.close(reached == size ? End.COMPLETE : End.CUT_SHORT, carrier, session);
        }
        taking = false;
    }

    /** The connection is over. */
    void forget(Session session) {
        whole.forget(session);
    }
}
