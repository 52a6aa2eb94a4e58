// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
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
 * @param limits how much it takes
 * @param signer whose signature each request needs; none if missing
 */
public record CoreConfig(
        InetSocketAddress listen,
        @Nullable Path store,
        Consumer<String> listener,
        List<Fault> faults,
        Limits limits,
        @Nullable PublicKey signer) {
    public CoreConfig {
        faults = List.copyOf(faults);
    }

    /**
     * Says how much Core takes.
     *
     * @param queueEvents most events that may wait to be processed; more are answered with 503
     * @param processedPerSecond events that leave the queue; 0: all at once
     * @param eventsPerSecond rate above which it answers 429; 0 is none
     */
    public record Limits(int queueEvents, double processedPerSecond, double eventsPerSecond) {
        /** Takes everything. */
        public static final Limits NONE = new Limits(100_000, 0, 0);
    }

    /** No faults, no limits, any free port of this machine. */
    public static CoreConfig local(@Nullable Path store) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new CoreConfig(any, store, event -> {}, List.of(), Limits.NONE, null);
    }

    public CoreConfig withListen(InetSocketAddress address) {
        return new CoreConfig(address, store, listener, faults, limits, signer);
    }

    public CoreConfig withListener(Consumer<String> newListener) {
        return new CoreConfig(listen, store, newListener, faults, limits, signer);
    }

    public CoreConfig withFaults(List<Fault> newFaults) {
        return new CoreConfig(listen, store, listener, newFaults, limits, signer);
    }

    public CoreConfig withLimits(Limits newLimits) {
        return new CoreConfig(listen, store, listener, faults, newLimits, signer);
    }

    public CoreConfig withSigner(@Nullable PublicKey key) {
        return new CoreConfig(listen, store, listener, faults, limits, key);
    }
}
