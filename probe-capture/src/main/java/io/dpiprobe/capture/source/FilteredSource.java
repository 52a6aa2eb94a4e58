// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hands over those packets of a capture file that pass a filter. */
public final class FilteredSource implements PacketSource {
    private final PacketSource source;
    private final PacketFilter filter;
    private final PacketTally tally = new PacketTally();
    private final PacketHandler sieve = this::sift;
    private PacketHandler handler = packet -> {};
    private int passed;
    private @Nullable InvalidFilterException problem;

    /** The filter and the source are closed with this. */
    public FilteredSource(PacketSource source, PacketFilter filter) {
        this.source = source;
        this.filter = filter;
    }

    /** Looks at no more packets than were asked for, so that a filter that matches nothing does not hold the caller. */
    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        this.handler = handler;
        passed = 0;
        source.poll(sieve, limit);
        if (problem != null) {
            throw problem;
        }
        return passed;
    }

    @Override
    public boolean isExhausted() {
        return problem != null || source.isExhausted();
    }

    @Override
    public SourceCounters counters() {
        return tally.counters();
    }

    @Override
    public void close() {
        source.close();
        filter.close();
    }

    private void sift(RawPacket packet) {
        if (problem == null && accepts(packet)) {
            passed++;
            tally.add(packet.capturedLength());
            handler.onPacket(packet);
        }
    }

    private boolean accepts(RawPacket packet) {
        try {
            return filter.accepts(packet);
        } catch (InvalidFilterException e) {
            problem = e;
            return false;
        }
    }
}
