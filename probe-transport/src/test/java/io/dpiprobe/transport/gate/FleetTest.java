// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fifty probes with their gates come back from an outage of Core, on virtual time. */
class FleetTest {
    private static final int PROBES = 50;
    private static final int MAX_IN_FLIGHT = 8;
    private static final int BATCH_BYTES = 1 << 20;
    private static final double MADE_PER_SECOND = 1e6;

    /** Core has half as much again as the probes make, and room for half a second of it. */
    private static final double CORE_PER_SECOND = 1.5 * PROBES * MADE_PER_SECOND;

    private static final double CORE_QUEUE = CORE_PER_SECOND / 2;
    private static final long TRIP_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final PriorityQueue<Reply> replies = new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));
    private final List<Probe> probes = new ArrayList<>();
    private double queued;
    private double offered;
    private boolean away;
    private long nowNs = TimeUnit.HOURS.toNanos(1);

    private enum Kind {
        TAKEN,
        TAKEN_UNDER_PRESSURE,
        REFUSED,
        FAILED
    }

    private record Reply(long atNs, Probe probe, long startedNs, double bytes, Kind kind) {}

    private static final class Probe {
        private final Gate gate;
        private double backlog;
        private int inFlight;

        Probe(String id, Random random) {
            gate = new Gate(GateConfig.defaults(), MAX_IN_FLIGHT, BATCH_BYTES, id, random::nextDouble, state -> {});
        }

        void onReply(Reply reply, long nowNs) {
            inFlight--;
            switch (reply.kind) {
                case TAKEN -> gate.onDelivered(reply.startedNs, nowNs);
                case TAKEN_UNDER_PRESSURE -> gate.onDeliveredUnderPressure(reply.startedNs, nowNs, RetryAfter.NONE);
                case REFUSED -> gate.onPushback(reply.startedNs, nowNs, RetryAfter.NONE);
                case FAILED -> gate.onUnavailable(reply.startedNs, nowNs, RetryAfter.NONE);
            }
            if (reply.kind == Kind.REFUSED || reply.kind == Kind.FAILED) {
                backlog += reply.bytes;
            }
        }
    }

    /** Core works on requests one after the other; what finds its queue full is refused, as when it is away. */
    private void offer(Probe probe, double bytes) {
        offered += bytes;
        Kind kind = Kind.FAILED;
        long atNs = nowNs + TRIP_NS;
        if (!away) {
            if (queued + bytes > CORE_QUEUE) {
                kind = Kind.REFUSED;
            } else {
                queued += bytes;
                atNs += (long) (queued / CORE_PER_SECOND * SECOND_NS);
                kind = queued > 0.8 * CORE_QUEUE ? Kind.TAKEN_UNDER_PRESSURE : Kind.TAKEN;
            }
        }
        replies.add(new Reply(atNs, probe, nowNs, bytes, kind));
    }

    private void step() {
        queued = Math.max(0, queued - CORE_PER_SECOND * STEP_NS / SECOND_NS);
        for (Reply reply = replies.peek(); reply != null && reply.atNs <= nowNs; reply = replies.peek()) {
            replies.remove();
            reply.probe.onReply(reply, nowNs);
        }
        for (Probe probe : probes) {
            probe.backlog += MADE_PER_SECOND * STEP_NS / SECOND_NS;
            while (probe.backlog >= 1 && probe.gate.mayStart(nowNs, probe.inFlight)) {
                double bytes = Math.min(probe.backlog, probe.gate.batchLimitBytes(nowNs));
                probe.backlog -= bytes;
                probe.inFlight++;
                probe.gate.onStarted(1, nowNs);
                offer(probe, bytes);
            }
        }
        nowNs += STEP_NS;
    }

    /** Returns the most that was offered in a second. */
    private double run(Duration time) {
        double most = 0;
        for (long second = 0; second < time.toSeconds(); second++) {
            offered = 0;
            for (long i = 0; i < SECOND_NS / STEP_NS; i++) {
                step();
            }
            most = Math.max(most, offered);
        }
        return most;
    }

    private double backlog() {
        return probes.stream().mapToDouble(probe -> probe.backlog).sum();
    }

    @ParameterizedTest(name = "away for {0} s")
    @ValueSource(ints = {5, 60})
    void neverOffersCoreMoreThanTwiceWhatItTakes(int outageSeconds) {
        Random random = new Random(outageSeconds);
        for (int i = 0; i < PROBES; i++) {
            probes.add(new Probe("dc1-span-" + i, random));
        }
        run(Duration.ofSeconds(20));
        assertThat(backlog()).as("keeps up before").isLessThan(PROBES * MADE_PER_SECOND);

        away = true;
        run(Duration.ofSeconds(outageSeconds));
        assertThat(backlog()).isGreaterThan(0.9 * outageSeconds * PROBES * MADE_PER_SECOND);

        away = false;
        double most = run(Duration.ofSeconds(60 + 4L * outageSeconds));
        assertThat(most).isLessThanOrEqualTo(2 * CORE_PER_SECOND);
        assertThat(backlog()).as("has caught up").isLessThan(PROBES * MADE_PER_SECOND);
    }
}
