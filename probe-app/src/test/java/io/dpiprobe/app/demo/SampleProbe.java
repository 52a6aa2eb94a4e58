// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.HostPort;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.ReferenceCore;
import io.dpiprobe.app.metrics.ProbeMetrics;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.CaptureInput.TimeBase;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.app.web.ManagementServer;
import io.dpiprobe.transport.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;

/** A probe with sample traffic, a Core and a management server, all on sockets of this machine. */
public final class SampleProbe implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Probe probe;
    private final ProbeMetrics metrics;
    private final ManagementServer server;
    private @Nullable ReferenceCore core;
    private final InetSocketAddress coreAddress;
    private final HttpClient client;

    private SampleProbe(Path dir, Map<String, String> settings) throws Exception {
        core = ReferenceCore.open(CoreConfig.local(null));
        coreAddress = core.address();
        Map<String, String> environment = new HashMap<>(Map.of(
                "PROBE_ID", "sample",
                "CORE_API_URL", core.url().toString(),
                "BUFFER_DIR", dir.resolve("buffer").toString(),
                "MAX_BUFFER_SIZE_MB", "16",
                "MAX_DISK_BUFFER_MB", "64",
                "BACKOFF_MAX_MS", "200",
                "CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "1",
                "FLOW_TIMEOUT_SECONDS", "3",
                "MANAGEMENT_ADDRESS", "127.0.0.1:0"));
        environment.putAll(settings);
        Configuration config = Configuration.read(environment);
        client = client(config.management().certificate());
        SampleSource source = new SampleSource(SampleTraffic.create(), SystemEpochNanoClock.INSTANCE);
        probe = Probe.open(config, List.of(new CaptureInput(TimeBase.LIVE, () -> source)));
        metrics = new ProbeMetrics(probe);
        server = ManagementServer.open(config.management(), probe, metrics);
        probe.start();
    }

    private static HttpClient client(@Nullable Path trusted) throws Exception {
        return trusted == null
                ? HttpClient.newHttpClient()
                : HttpClient.newBuilder()
                        .sslContext(PemFiles.clientContext(trusted))
                        .build();
    }

    /**
     * Starts it.
     *
     * @param settings beside those that the sample needs, or instead of them
     */
    public static SampleProbe start(Path dir, Map<String, String> settings) throws Exception {
        return new SampleProbe(dir, settings);
    }

    public Probe probe() {
        return probe;
    }

    public ProbeMetrics metrics() {
        return metrics;
    }

    /** The page. */
    public String url() {
        return server.url();
    }

    public HostPort address() {
        return server.address();
    }

    /** Core goes away, without a word. */
    public void stopCore() throws IOException {
        if (core != null) {
            core.close();
            core = null;
        }
    }

    /** Core comes back where it was. */
    public void startCore() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), coreAddress.getPort());
        core = ReferenceCore.open(CoreConfig.local(null).withListen(address));
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url()).resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until events have been delivered. */
    public SampleProbe awaitDelivery() {
        await("delivery", () -> probe.ledger().total(lane -> lane.acked()) > 0);
        return this;
    }

    /** What is waited for; it may fail, which ends the waiting. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    public static void await(String what, Condition condition) {
        long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadlineNs) {
                    throw new AssertionError("in vain: " + what);
                }
                LockSupport.parkNanos(POLL_NS);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(what, e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        metrics.close();
        probe.close();
        stopCore();
    }
}
