// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the events of some conversations, to be offered again and again. */
final class SampleEvents implements EventSink {
    private static final int NOISE_BYTES = 700;

    private final List<UnsafeBuffer> events = new ArrayList<>();
    private final long[] seq = {1, 1, 1};

    /** Plays conversations until there are so many events. */
    static List<UnsafeBuffer> of(Trace trace, int count) {
        SampleEvents sample = new SampleEvents();
        Playback playback = new Playback(0, sample);
        for (int number = 0; sample.events.size() < count; number++) {
            playback.play(trace.conversation(number));
        }
        playback.finish();
        return sample.events.subList(0, count);
    }

    /** Makes events of printable characters without any pattern. */
    static List<UnsafeBuffer> noise(int count) {
        Random random = new Random(42);
        List<UnsafeBuffer> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] event = new byte[NOISE_BYTES];
            for (int j = 0; j < event.length; j++) {
                event[j] = (byte) random.nextInt(' ', '~');
            }
            events.add(new UnsafeBuffer(event));
        }
        return events;
    }

    @Override
    public long nextSeq(Lane lane) {
        return seq[lane.ordinal()];
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        seq[lane.ordinal()]++;
        byte[] copy = new byte[length];
        event.getBytes(offset, copy);
        events.add(new UnsafeBuffer(copy));
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        throw new IllegalStateException("an event was refused: " + reason);
    }

    @Override
    public void onTick(long nowNs) {}

    @Override
    public void flush() {}
}
