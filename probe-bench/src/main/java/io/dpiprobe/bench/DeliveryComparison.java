// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import com.sun.net.httpserver.HttpServer;
import io.dpiprobe.buffer.BatchSource;
import io.dpiprobe.transport.PromptSockets;
import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.agrona.concurrent.IdleStrategy;

/**
 * Compares delivery with OkHttp that posts the same bodies in a loop, in one run against one server, and measures what
 * the transport costs while Core is away.
 */
public final class DeliveryComparison {
    private static final int IN_FLIGHT = 8;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final double MB = 1e6;

    private final PreparedBatch batch = PreparedBatch.compressed();
    private final Path dir;
    private final String url;

    private DeliveryComparison(Path dir, String url) {
        this.dir = dir;
        this.url = url;
    }

    /** Prints its figures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path dir = Files.createTempDirectory("delivery-comparison");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/events", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.setExecutor(Executors.newFixedThreadPool(IN_FLIGHT, work -> {
            Thread thread = new Thread(work, "core");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        DeliveryComparison comparison = new DeliveryComparison(dir, url);
        System.out.printf("bodies of %d bytes%n", comparison.batch.payloadLength());
        for (int round = 0; round < ROUNDS; round++) {
            double untuned = comparison.okHttp(SocketFactory.getDefault());
            double prompt = comparison.okHttp(new PromptSockets());
            double delivery = comparison.transport();
            System.out.printf(
                    "requests/s: OkHttp as it comes %.0f, with TCP_NODELAY %.0f, delivery %.0f (%.0f MB/s); ratio %.2f%n",
                    untuned, prompt, delivery, delivery * comparison.batch.payloadLength() / MB, delivery / prompt);
        }
        server.stop(0);
        comparison.away();
        Files.delete(dir);
    }

    private double okHttp(SocketFactory sockets) throws InterruptedException {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(IN_FLIGHT);
        dispatcher.setMaxRequestsPerHost(IN_FLIGHT);
        OkHttpClient client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .socketFactory(sockets)
                .build();
        RequestBody body = RequestBody.create(batch.payload().byteArray(), MediaType.get("application/x-ndjson"));
        Request request =
                new Request.Builder().url(url + "/v1/events").post(body).build();
        Semaphore free = new Semaphore(IN_FLIGHT);
        long posted = 0;
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < ROUND.toNanos()) {
            free.acquire();
            posted++;
            client.newCall(request).enqueue(new Callback() {
                @Override
                public void onResponse(Call call, Response response) {
                    response.close();
                    free.release();
                }

                @Override
                public void onFailure(Call call, IOException e) {
                    free.release();
                }
            });
        }
        free.acquire(IN_FLIGHT);
        dispatcher.executorService().shutdown();
        client.connectionPool().evictAll();
        return posted * 1e9 / (System.nanoTime() - startNs);
    }

    private double transport() throws IOException {
        RepeatedBatch source = new RepeatedBatch(batch);
        Transport transport = open(source, url);
        IdleStrategy idle = transport.idleStrategy();
        transport.onStart();
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < ROUND.toNanos()) {
            idle.idle(transport.doWork());
        }
        double perSecond = source.settled() * 1e9 / (System.nanoTime() - startNs);
        transport.onClose();
        return perSecond;
    }

    private Transport open(BatchSource source, String core) throws IOException {
        return Transport.open(
                TransportConfig.defaults("bench", List.of(URI.create(core)), dir), source, unavailable -> {});
    }

    /** Nobody listens: the breaker opens, and the thread that would deliver should cost next to nothing. */
    private void away() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Transport transport = open(new RepeatedBatch(batch), "http://127.0.0.1:" + port);
        IdleStrategy idle = transport.idleStrategy();
        transport.onStart();
        long startNs = System.nanoTime();
        long cpuNs = 0;
        long cycles = 0;
        while (System.nanoTime() - startNs < AWAY.toNanos()) {
            idle.idle(transport.doWork());
            cycles++;
            if (cpuNs == 0 && transport.statistics().breakerTransitions().getOrDefault("open", 0L) > 0) {
                cycles = 0;
                cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                startNs = System.nanoTime();
            }
        }
        long spentNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNs;
        transport.onClose();
        System.out.printf(
                "Core away, breaker open: %.2f %% of a processor, %d cycles a second%n",
                100.0 * spentNs / AWAY.toNanos(), cycles / AWAY.toSeconds());
    }
}
