// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a source again when it breaks, for ever, so that an interface may go and come back. */
public final class ReopeningSource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(ReopeningSource.class);

    private static final long FIRST_RETRY_NS = 1_000_000_000L;
    private static final long LAST_RETRY_NS = 30_000_000_000L;

    private final SourceOpener opener;
    private final NanoClock clock;
    private volatile State state;
    private long retryNs;
    private long delayNs = FIRST_RETRY_NS;
    private @Nullable String changedFilter;

    /** @param before what the sources counted that are no more */
    private record State(@Nullable PacketSource source, SourceCounters before) {
        SourceCounters counters() {
            return source == null ? before : before.plus(source.counters());
        }
    }

    private ReopeningSource(SourceOpener opener, NanoClock clock, PacketSource source) {
        this.opener = opener;
        this.clock = clock;
        this.state = new State(source, SourceCounters.ZERO);
    }

    /**
     * Opens the source for the first time.
     *
     * @throws IOException if that fails: the fault is then in the configuration, and waiting does not mend it
     */
    public static ReopeningSource open(SourceOpener opener, NanoClock clock) throws IOException {
        return new ReopeningSource(opener, clock, opener.open());
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        PacketSource source = state.source;
        PacketSource current = source == null ? reopen() : source;
        if (current == null) {
            return 0;
        }
        try {
            return current.poll(handler, limit);
        } catch (IOException e) {
            LOG.warn("capture_interrupted: {}; trying again until it works", e.getMessage());
            abandon(current);
            return 0;
        }
    }

    /** Holds also for what is opened later. */
    @Override
    public void filter(String expression) throws IOException {
        PacketSource source = state.source;
        if (source != null) {
            source.filter(expression);
        }
        changedFilter = expression;
    }

    @Override
    public boolean isExhausted() {
        PacketSource source = state.source;
        return source != null && source.isExhausted();
    }

    @Override
    public SourceCounters counters() {
        return state.counters();
    }

    @Override
    public void close() {
        PacketSource source = state.source;
        if (source != null) {
            abandon(source);
        }
    }

    private void abandon(PacketSource broken) {
        state = new State(null, state.counters());
        broken.close();
        delayNs = FIRST_RETRY_NS;
        retryNs = clock.nanoTime() + delayNs;
    }

    private @Nullable PacketSource reopen() {
        long nowNs = clock.nanoTime();
        if (nowNs - retryNs < 0) {
            return null;
        }
        try {
            PacketSource source = openFiltered();
            state = new State(source, state.before);
            LOG.info("capture_resumed: capture goes on");
            return source;
        } catch (IOException e) {
            LOG.debug("still not: {}", e.getMessage());
            delayNs = Math.min(2 * delayNs, LAST_RETRY_NS);
            retryNs = nowNs + delayNs;
            return null;
        }
    }

    private PacketSource openFiltered() throws IOException {
        PacketSource source = opener.open();
        boolean ready = false;
        try {
            if (changedFilter != null) {
                source.filter(changedFilter);
            }
            ready = true;
            return source;
        } finally {
            if (!ready) {
                source.close();
            }
        }
    }
}
