// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.tap;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import org.agrona.DirectBuffer;

/** Hands each event to its sink and, while somebody watches, a copy to the tap. */
final class TappedSink implements EventSink {
    private final EventSink sink;
    private final EventTap tap;

    TappedSink(EventSink sink, EventTap tap) {
        this.sink = sink;
        this.tap = tap;
    }

    @Override
    public long nextSeq(Lane lane) {
        return sink.nextSeq(lane);
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        boolean kept = sink.offer(lane, event, offset, length);
        tap.onEvent(event, offset, length);
        return kept;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        sink.refuse(lane, reason);
    }

    @Override
    public void onTick(long nowNs) {
        sink.onTick(nowNs);
    }

    @Override
    public void flush() {
        sink.flush();
    }
}
