// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import java.util.Arrays;

/** Remembers which file each waiting read is of: a response does not say. */
final class PendingReads {
    private final long[] messageIds;
    private final long[] highs;
    private final long[] lows;
    private final long[] offsets;
    private final long[] trees;
    private int next;
    long tree;
    long high;
    long low;
    long offset;

    PendingReads(int capacity) {
        messageIds = new long[capacity];
        highs = new long[capacity];
        lows = new long[capacity];
        offsets = new long[capacity];
        trees = new long[capacity];
        clear();
    }

    void clear() {
        Arrays.fill(messageIds, -1);
        next = 0;
    }

    void add(MessageHeader request, long fileHigh, long fileLow, long at) {
        messageIds[next] = request.messageId;
        trees[next] = request.treeId;
        highs[next] = fileHigh;
        lows[next] = fileLow;
        offsets[next] = at;
        next = (next + 1) % messageIds.length;
    }

    /** The file of some reads has got another id. */
    void rename(long fromHigh, long fromLow, long toHigh, long toLow) {
        for (int i = 0; i < messageIds.length; i++) {
            if (highs[i] == fromHigh && lows[i] == fromLow) {
                highs[i] = toHigh;
                lows[i] = toLow;
            }
        }
    }

    /** Takes a read out; if it was there, {@link #tree}, {@link #high}, {@link #low} and {@link #offset} say of what. */
    boolean take(long messageId) {
        for (int i = 0; i < messageIds.length; i++) {
            if (messageIds[i] == messageId) {
                messageIds[i] = -1;
                tree = trees[i];
                high = highs[i];
                low = lows[i];
                offset = offsets[i];
                return true;
            }
        }
        return false;
    }
}
