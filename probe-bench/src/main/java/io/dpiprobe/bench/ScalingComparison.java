// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.Durability;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.FullPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agrona.IoUtil;

/**
 * Shows what a second worker, and each further one, adds: workers that dissect a mixed trace and offer its events to one
 * buffer, which is full and gives up the oldest, so that they meet in the buffer as often as they ever can.
 */
public final class ScalingComparison {
    private static final int PACKETS = 200_000;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final double MILLION = 1e6;

    private final List<byte[]> frames = new ArrayList<>();
    private final Path dir;

    private ScalingComparison(Path dir) {
        this.dir = dir;
        for (int number = 0; frames.size() < PACKETS; number++) {
            frames.addAll(Trace.MIXED.conversation(number));
        }
    }

    /** Prints packets a second for one worker up to as many as there are processors. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path dir = Files.createTempDirectory("scaling-comparison");
        try {
            ScalingComparison comparison = new ScalingComparison(dir);
            int processors = Runtime.getRuntime().availableProcessors();
            comparison.rate(processors, WARM_UP);
            for (int round = 0; round < ROUNDS; round++) {
                double alone = comparison.rate(1, ROUND);
                System.out.printf("1 worker: %.2f million packets/s%n", alone / MILLION);
                for (int workers = 2; workers <= processors; workers *= 2) {
                    double together = comparison.rate(workers, ROUND);
                    System.out.printf(
                            "%d workers: %.2f million packets/s, %.2f times one%n",
                            workers, together / MILLION, together / alone);
                }
            }
        } finally {
            IoUtil.delete(dir.toFile(), false);
        }
    }

    private double rate(int workers, Duration time) throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try (EventBuffer buffer = EventBuffer.open(config(workers))) {
            List<Callable<Double>> work = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Playback playback = new Playback(i, buffer.sink(i));
                work.add(() -> rate(playback, time));
            }
            double sum = 0;
            for (Future<Double> each : threads.invokeAll(work)) {
                sum += each.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    private BufferConfig config(int workers) {
        long memoryBytes = 64L << 20;
        return new BufferConfig(
                "00000000",
                workers,
                memoryBytes,
                memoryBytes,
                FullPolicy.DROP_OLDEST,
                Duration.ofMillis(100),
                8,
                dir,
                16L << 20,
                Durability.OVERFLOW,
                Duration.ofMillis(500),
                null);
    }

    /** Packets a second of one worker, which has its own flows. */
    private double rate(Playback playback, Duration time) {
        long beganNs = System.nanoTime();
        long packets = 0;
        while (System.nanoTime() - beganNs < time.toNanos()) {
            playback.play(frames);
            packets += frames.size();
        }
        return packets * 1e9 / (System.nanoTime() - beganNs);
    }
}
