// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says where the reference Core listens and what it does with events.
 *
 * @param listen address; port 0 is any free one
 * @param store file that events are appended to as NDJSON; none if missing
 * @param listener hears of each new event, without its line feed; called on a server thread, one at a time
 * @param faults what goes wrong on purpose, and when
 * @param queueEvents most events that may wait to be stored
 * @param eventsPerSecond rate above which it answers 429; 0 is none
 */
public record CoreConfig(
        InetSocketAddress listen,
        @Nullable Path store,
        Consumer<String> listener,
        List<Fault> faults,
        int queueEvents,
        double eventsPerSecond) {
    private static final int DEFAULT_QUEUE = 100_000;

    public CoreConfig {
        faults = List.copyOf(faults);
    }

    /** No faults, no rate limit, any free port of this machine. */
    public static CoreConfig local(@Nullable Path store) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new CoreConfig(any, store, event -> {}, List.of(), DEFAULT_QUEUE, 0);
    }

    public CoreConfig withListen(InetSocketAddress address) {
        return new CoreConfig(address, store, listener, faults, queueEvents, eventsPerSecond);
    }

    public CoreConfig withListener(Consumer<String> newListener) {
        return new CoreConfig(listen, store, newListener, faults, queueEvents, eventsPerSecond);
    }

    public CoreConfig withFaults(List<Fault> newFaults) {
        return new CoreConfig(listen, store, listener, newFaults, queueEvents, eventsPerSecond);
    }

    public CoreConfig withQueueEvents(int events) {
        return new CoreConfig(listen, store, listener, faults, events, eventsPerSecond);
    }

    public CoreConfig withEventsPerSecond(double rate) {
        return new CoreConfig(listen, store, listener, faults, queueEvents, rate);
    }
}
