// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.util.List;

/** Hands over the packets of several sources in turn. */
public final class MergedSource implements PacketSource {
    private final List<PacketSource> sources;

    /** The sources are closed with this. */
    public MergedSource(List<? extends PacketSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int share = Math.max(1, limit / sources.size());
        int count = 0;
        for (int i = 0; i < sources.size() && count < limit; i++) {
            count += sources.get(i).poll(handler, Math.min(share, limit - count));
        }
        return count;
    }

    @Override
    public void filter(String expression) throws IOException {
        for (PacketSource source : sources) {
            source.filter(expression);
        }
    }

    @Override
    public boolean isExhausted() {
        return sources.stream().allMatch(PacketSource::isExhausted);
    }

    @Override
    public SourceCounters counters() {
        return sources.stream().map(PacketSource::counters).reduce(SourceCounters.ZERO, SourceCounters::plus);
    }

    @Override
    public void close() {
        sources.forEach(PacketSource::close);
    }
}
