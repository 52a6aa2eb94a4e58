// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.dpiprobe.app.config.HostPort;
import io.dpiprobe.app.config.ManagementConfig;
import io.dpiprobe.app.metrics.ProbeMetrics;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.app.tap.EventTap;
import io.dpiprobe.app.web.Gatekeeper.Access;
import io.dpiprobe.buffer.Bound;
import io.dpiprobe.transport.PemFiles;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves metrics, health, status, live events and a page over HTTP, on few threads. */
public final class ManagementServer implements AutoCloseable {
    /** One for each stream, and enough for short answers that some clients may be slow. */
    @Bound(of = "requests to the management server under way", then = "further ones wait")
    private static final int THREADS = 16 + EventTap.MAX_STREAMS;
    /** Requests that wait; more than that many monitors are none, and are turned away. */
    @Bound(of = "requests to the management server that wait", then = "further connections are closed")
    private static final int QUEUE = 64;

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Gatekeeper gatekeeper;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService timer;
    private final String scheme;

    private ManagementServer(HttpServer server, Gatekeeper gatekeeper) {
        this.server = server;
        this.gatekeeper = gatekeeper;
        this.scheme = server instanceof HttpsServer ? "https" : "http";
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), ManagementServer::thread);
        threads.allowCoreThreadTimeOut(true);
        this.timer = Executors.newSingleThreadScheduledExecutor(ManagementServer::thread);
        server.setExecutor(work -> threads.execute(() -> Deadline.guard(timer, work)));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "management");
        thread.setDaemon(true);
        return thread;
    }

    /** Listens at once; what is served is that of this probe. */
    public static ManagementServer open(ManagementConfig config, Probe probe, ProbeMetrics metrics) throws IOException {
        limitRequests();
        ManagementServer management = new ManagementServer(listen(config), Gatekeeper.of(config));
        management.serve("/metrics", () -> Answer.ok(PROMETHEUS, metrics.scrape()));
        management.serve("/status", () -> Answer.json(StatusDocument.of(probe)));
        management.serveApi(probe);
        management.serve("/health", Access.PUBLIC, () -> verdict(probe.isHealthy(), "a thread has ended"));
        management.serve("/ready", Access.PUBLIC, () -> verdict(probe.isReady(), "not capturing"));
        for (Asset asset : Asset.all()) {
            management.serve(asset.path(), Access.PUBLIC, asset::answer);
        }
        management.server.start();
        return management;
    }

    /** Read by the server when it is first used: how much a request may hold, and how many connections there may be. */
    private static void limitRequests() {
        // Without it, each answer waits for the other side's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqHeaders", "64");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "32");
        System.setProperty("jdk.httpserver.maxConnections", "64");
    }

    private static HttpServer listen(ManagementConfig config) throws IOException {
        try {
            Path certificate = config.certificate();
            Path key = config.key();
            if (certificate == null || key == null) {
                return HttpServer.create(config.address().address(), 0);
            }
            HttpsServer server = HttpsServer.create(config.address().address(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(PemFiles.serverContext(certificate, key)));
            return server;
        } catch (BindException e) {
            throw new IOException(
                    "MANAGEMENT_ADDRESS " + config.address() + " cannot be used (" + e.getMessage()
                            + "); is another probe running? Choose another port, or 0 for any",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IOException("MANAGEMENT_CERT_PATH and MANAGEMENT_KEY_PATH cannot be used: " + e.getMessage(), e);
        }
    }

    private static Answer verdict(boolean good, String otherwise) {
        return good ? Answer.text(Answer.OK, "ok\n") : Answer.text(Answer.UNAVAILABLE, otherwise + "\n");
    }

    private void serveApi(Probe probe) {
        String pressure = "/api/v1/backpressure/";
        serve(pressure + "status", () -> Answer.json(BackpressureDocuments.status(probe)));
        serve(pressure + "metrics", () -> Answer.json(BackpressureDocuments.metrics(probe)));
        serve(pressure + "circuit-breaker", () -> Answer.json(BackpressureDocuments.circuitBreaker(probe)));
        serve(pressure + "publisher", () -> Answer.json(BackpressureDocuments.publisher(probe)));
        serve("/api/v1/health/streaming", () -> Answer.json(BackpressureDocuments.streaming(probe)));
        StreamHandler streams = new StreamHandler(probe.tap());
        String stream = "/api/v1/events/stream";
        server.createContext(stream, exchange -> {
            try (exchange) {
                Answer refusal = refusal(exchange, stream, Access.TOKEN);
                if (refusal == null) {
                    streams.handle(exchange);
                } else {
                    Reply.send(exchange, refusal);
                }
            }
        });
    }

    private void serve(String path, Supplier<Answer> answer) {
        serve(path, Access.TOKEN, answer);
    }

    private void serve(String path, Access access, Supplier<Answer> answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                Answer refusal = refusal(exchange, path, access);
                Reply.send(exchange, refusal == null ? answer.get() : refusal);
            }
        });
    }

    /** A context of the server also gets what lies below it. */
    private @Nullable Answer refusal(HttpExchange exchange, String path, Access access) {
        return exchange.getRequestURI().getPath().equals(path)
                ? gatekeeper.refusal(exchange, access)
                : Answer.problem(NOT_FOUND, "Not found", "there are /, /metrics, /health, /ready, /status and /api/v1");
    }

    /** Where it listens: the port is the real one, also if any was asked for. */
    public HostPort address() {
        return new HostPort(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort());
    }

    /** Where a browser finds the page. */
    public String url() {
        return scheme + "://" + address() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
