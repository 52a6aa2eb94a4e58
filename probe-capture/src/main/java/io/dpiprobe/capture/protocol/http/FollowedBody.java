// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import org.jspecify.annotations.Nullable;

/**
 * Has a {@link BodyFile} from the first byte of a body to its end: it is large, and most connections of which there are
 * many are between two bodies.
 */
final class FollowedBody {
    static final int PARTIAL_CONTENT = 206;

    private final Direction direction;
    private @Nullable BodyFile file;
    private @Nullable Transaction transaction;
    private @Nullable JoinedRanges ranges;

    FollowedBody(Direction direction) {
        this.direction = direction;
    }

    /** A body begins. */
    void begin(Transaction transaction) {
        assert file == null;
        this.transaction = transaction;
    }

    void onContent(Slice content, Session session) {
        BodyFile followed = content.isEmpty() ? null : follow(session);
        if (followed != null) {
            followed.onContent(content, session);
        }
    }

    void onLost(long bytes, Session session) {
        BodyFile followed = follow(session);
        if (followed != null) {
            followed.onLost(bytes, session);
        }
    }

    /** The body is over. */
    void end(End end, Session session) {
        transaction = null;
        if (file != null) {
            file.end(end, session);
            session.shared(BodyFilePool.class, BodyFilePool::new).giveBack(direction, file);
            file = null;
        }
    }

    /** The connection is over. */
    void close(Session session) {
        if (ranges != null) {
            ranges.forget(session);
            ranges = null;
        }
    }

    /** Of the connection: where a range is added to those before it. */
    private JoinedRanges ranges() {
        JoinedRanges known = ranges;
        if (known == null) {
            known = new JoinedRanges();
            ranges = known;
        }
        return known;
    }

    private boolean isRange(Transaction transaction) {
        return direction == Direction.TO_CLIENT
                && transaction.status == PARTIAL_CONTENT
                && transaction.fields.has(HttpField.CONTENT_RANGE)
                && !transaction.fields.has(HttpField.CONTENT_ENCODING);
    }

    private @Nullable BodyFile follow(Session session) {
        if (file == null && transaction != null) {
            file = session.shared(BodyFilePool.class, BodyFilePool::new).borrow(direction);
            file.begin(transaction, isRange(transaction) ? ranges() : null, session);
        }
        return file;
    }
}
