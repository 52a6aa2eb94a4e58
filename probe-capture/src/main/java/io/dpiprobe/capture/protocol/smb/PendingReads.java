// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import java.util.Arrays;

/** Remembers which file each waiting read is of: a response does not say. */
final class PendingReads {
    private final long[] messageIds;
    private final long[] highs;
    private final long[] lows;
    private int next;
    long high;
    long low;

    PendingReads(int capacity) {
        messageIds = new long[capacity];
        highs = new long[capacity];
        lows = new long[capacity];
        clear();
    }

    void clear() {
        Arrays.fill(messageIds, -1);
        next = 0;
    }

    void add(long messageId, long fileHigh, long fileLow) {
        messageIds[next] = messageId;
        highs[next] = fileHigh;
        lows[next] = fileLow;
        next = (next + 1) % messageIds.length;
    }

    /** Takes a read out; if it was there, {@link #high} and {@link #low} are its file. */
    boolean take(long messageId) {
        for (int i = 0; i < messageIds.length; i++) {
            if (messageIds[i] == messageId) {
                messageIds[i] = -1;
                high = highs[i];
                low = lows[i];
                return true;
            }
        }
        return false;
    }
}
