// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import org.jspecify.annotations.Nullable;

/** Keeps the operations of one flow that wait for their end, oldest first, within bounds. */
final class PendingOperations {
    /** Operations under way at once: clients have a handful, and the oldest of more is written as it is. */
    @Bound(
            of = "operations of a connection that wait",
            then = "the oldest is written as it is",
            seen = "ldap event without responses")
    static final int MAX_PENDING = 64;
    /** What all of them keep: an event shows no more than 64 KiB, and few are that large at the same time. */
    @Bound(
            of = "messages of all operations of a connection",
            then = "further responses are left out",
            unit = Bound.Unit.BYTES)
    static final int MAX_KEPT_BYTES = 256 * 1024;

    private final @Nullable PendingOperation[] operations = new PendingOperation[MAX_PENDING];
    private int count;
    private int keptBytes;

    boolean isFull() {
        return count == MAX_PENDING;
    }

    /** Adds a request; there must be room. Its content is left out if it is too large. */
    PendingOperation add(int id, int request, Slice content) {
        PendingOperation operation = operations[count];
        if (operation == null) {
            operation = new PendingOperation();
            operations[count] = operation;
        }
        count++;
        operation.begin(id, request);
        keep(operation, request, content);
        return operation;
    }

    /** Adds a response; it is left out if too much is kept already. */
    void keep(PendingOperation operation, int tag, Slice content) {
        if (keptBytes + content.length() <= MAX_KEPT_BYTES) {
            int before = operation.length();
            operation.keep(tag, content);
            keptBytes += operation.length() - before;
        }
    }

    /** The oldest with this number. */
    @Nullable
    PendingOperation find(int id) {
        for (int i = 0; i < count; i++) {
            PendingOperation operation = operations[i];
            if (operation != null && operation.id() == id) {
                return operation;
            }
        }
        return null;
    }

    @Nullable
    PendingOperation oldest() {
        return count == 0 ? null : operations[0];
    }

    void remove(PendingOperation operation) {
        int index = 0;
        while (operations[index] != operation) {
            index++;
        }
        keptBytes -= operation.length();
        operation.release();
        count--;
        System.arraycopy(operations, index + 1, operations, index, count - index);
        operations[count] = operation;
    }

    void clear() {
        for (PendingOperation operation = oldest(); operation != null; operation = oldest()) {
            remove(operation);
        }
    }
}
