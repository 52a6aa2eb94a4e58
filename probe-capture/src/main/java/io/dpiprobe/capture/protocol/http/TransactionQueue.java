// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the exchanges of a connection that are not over, in the order of their requests (RFC 9112, 9.3.2). */
final class TransactionQueue {
    /** Requests that may wait for their responses: more than any client sends at once. */
    @Bound(of = "requests that wait for responses", then = "the stream is invalid", seen = "protocol_violations_total")
    static final int MAX_OPEN = 128;

    private final List<Transaction> open = new ArrayList<>(2);
    private final ArrayDeque<Transaction> idle = new ArrayDeque<>();
    private final Transaction none = new Transaction();
    private int answered;
    private long next;

    void reset() {
        while (!open.isEmpty()) {
            removeFirst();
        }
        next = 0;
    }

    /** Stands for an exchange where there was none yet. */
    Transaction none() {
        return none;
    }

    boolean isFull() {
        return open.size() >= MAX_OPEN;
    }

    int size() {
        return open.size();
    }

    /** Begins an exchange. */
    Transaction begin() {
        Transaction transaction = idle.isEmpty() ? new Transaction() : idle.removeLast();
        transaction.reset(next++);
        open.add(transaction);
        return transaction;
    }

    /** The exchange that the next response belongs to. */
    @Nullable
    Transaction unanswered() {
        while (answered < open.size() && open.get(answered).responseComplete) {
            answered++;
        }
        return answered < open.size() ? open.get(answered) : null;
    }

    /** True if a request waits behind the one that is being answered. */
    boolean hasAnotherUnanswered() {
        return unanswered() != null && answered + 1 < open.size();
    }

    @Nullable
    Transaction first() {
        return open.isEmpty() ? null : open.get(0);
    }

    /** Forgets the oldest exchange; it is used again for another. */
    void removeFirst() {
        Transaction transaction = open.remove(0);
        answered = Math.max(0, answered - 1);
        if (idle.size() < 4) {
            idle.addLast(transaction);
        }
    }
}
