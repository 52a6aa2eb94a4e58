// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dpiprobe.app.config.HostPort;
import io.dpiprobe.app.metrics.ProbeMetrics;
import io.dpiprobe.app.probe.Probe;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves metrics, health, readiness and status over HTTP, on two threads. */
public final class ManagementServer implements AutoCloseable {
    private static final int THREADS = 2;
    /** Requests that wait; more than that many monitors are none, and are turned away. */
    private static final int QUEUE = 64;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /** What is answered. */
    private record Answer(int status, String type, String body) {}

    private ManagementServer(HttpServer server) {
        this.server = server;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), ManagementServer::thread);
        server.setExecutor(threads);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "management");
        thread.setDaemon(true);
        return thread;
    }

    /** Listens at once; what is served is that of this probe. */
    public static ManagementServer open(HostPort address, Probe probe, ProbeMetrics metrics) throws IOException {
        // Without it, each answer waits for the other side's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        ManagementServer management = new ManagementServer(listen(address));
        management.serve("/metrics", () -> new Answer(OK, PROMETHEUS, metrics.scrape()));
        management.serve("/health", () -> verdict(probe.isHealthy(), "a thread has ended"));
        management.serve("/ready", () -> verdict(probe.isReady(), "not capturing"));
        management.serve("/status", () -> new Answer(OK, JSON, StatusDocument.of(probe)));
        management.serve("/", () -> new Answer(NOT_FOUND, TEXT, "there are /metrics, /health, /ready and /status\n"));
        management.server.start();
        return management;
    }

    private static HttpServer listen(HostPort address) throws IOException {
        try {
            return HttpServer.create(address.address(), 0);
        } catch (BindException e) {
            throw new IOException(
                    "MANAGEMENT_ADDRESS " + address + " cannot be used (" + e.getMessage()
                            + "); is another probe running? Choose another port, or 0 for any",
                    e);
        }
    }

    private static Answer verdict(boolean good, String otherwise) {
        return good ? new Answer(OK, TEXT, "ok\n") : new Answer(UNAVAILABLE, TEXT, otherwise + "\n");
    }

    private void serve(String path, Supplier<Answer> answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                String method = exchange.getRequestMethod();
                boolean reads = method.equals("GET") || method.equals("HEAD");
                send(exchange, reads ? answer.get() : new Answer(METHOD_NOT_ALLOWED, TEXT, "only GET\n"));
            }
        });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Where it listens: the port is the real one, also if any was asked for. */
    public HostPort address() {
        return new HostPort(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
