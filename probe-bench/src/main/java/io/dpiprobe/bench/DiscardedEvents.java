// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import org.agrona.DirectBuffer;

/** Counts events and forgets them. */
final class DiscardedEvents implements EventSink {
    private final long[] seq = {1, 1, 1};
    private long offered;

    long offered() {
        return offered;
    }

    @Override
    public long nextSeq(Lane lane) {
        return seq[lane.ordinal()];
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        seq[lane.ordinal()]++;
        offered += length;
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        seq[lane.ordinal()]++;
    }

    @Override
    public void onTick(long nowNs) {}

    @Override
    public void flush() {}
}
