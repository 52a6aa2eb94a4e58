// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Is the other side of the wire (docs/core-protocol.md): takes events over HTTP, stores each once, and misbehaves on
 * demand.
 *
 * <p>Listens from {@link #open} until closed. All methods are for any thread.
 */
public final class ReferenceCore implements AutoCloseable {
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads;
    private final EventStore store;
    private final EventsHandler events;
    private final Faults faults;
    private final Misbehaviour misbehaviour;

    private ReferenceCore(CoreConfig config, EventStore store, HttpServer server) {
        this.server = server;
        this.store = store;
        this.faults = new Faults();
        this.misbehaviour = new Misbehaviour();
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "reference-core");
            thread.setDaemon(true);
            return thread;
        });
        this.events = new EventsHandler(config, store, faults, misbehaviour);
    }

    /** Reads the store, if there is one, and listens. */
    public static ReferenceCore open(CoreConfig config) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits 40 ms for an ACK
        EventStore store = EventStore.open(config.store(), config.listener());
        try {
            ReferenceCore core = new ReferenceCore(config, store, HttpServer.create(config.listen(), 0));
            core.listen(config);
            return core;
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }

    /** Reads a public key for {@link CoreConfig#withSigner}. */
    public static PublicKey readSigner(Path file) throws IOException {
        return SignatureCheck.readKey(file);
    }

    private void listen(CoreConfig config) {
        long nowNs = System.nanoTime();
        config.faults().forEach(fault -> faults.add(fault, nowNs));
        server.setExecutor(threads);
        server.createContext("/v1/events", events);
        server.createContext("/health", events::health);
        server.start();
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** As it goes into {@code CORE_API_URL}. */
    public String url() {
        InetSocketAddress bound = address();
        String host = bound.getHostString();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
    }

    /** Begins to misbehave, from now or later as the fault says. */
    public void inject(Fault fault) {
        faults.add(fault, System.nanoTime());
    }

    /** Behaves again. */
    public void clearFaults() {
        faults.clear();
    }

    /** Number of requests to {@code /v1/events}, those that met a fault included. */
    public long requests() {
        return events.requests();
    }

    /** Number of events in the store, those of earlier runs included. */
    public long storedEvents() {
        return store.stored();
    }

    /** Number of events that came again. */
    public long duplicateEvents() {
        return store.duplicates();
    }

    @Override
    public void close() throws IOException {
        misbehaviour.close();
        server.stop(0);
        threads.shutdownNow();
        store.close();
    }
}
