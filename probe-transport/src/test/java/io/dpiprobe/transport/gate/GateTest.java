// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<BreakerState> changes = new ArrayList<>();

    @Test
    void onlyShortensByJitter() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Backoff backoff = new Backoff(100 * MS, 30_000 * MS, 0.2, random::nextDouble);
        for (int i = 0; i < 100; i++) {
            long full = Math.min(30_000L, 100L << Math.min(i, 20)) * MS;
            assertThat(backoff.next()).as("seed " + seed).isBetween(full * 8 / 10 - 1, full);
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(100 * MS);
    }

    @Test
    void opensAfterFiveFailuresAndClosesAfterTwoSuccesses() {
        CircuitBreaker breaker = new CircuitBreaker(5, 2, 30_000 * MS, changes::add);
        for (int i = 0; i < 5; i++) {
            breaker.onFailure(0, 60_000 * MS);
        }
        assertThat(breaker.at(29_999 * MS)).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.at(30_000 * MS)).isEqualTo(BreakerState.HALF_OPEN);
        breaker.onSuccess();
        breaker.onSuccess();
        assertThat(changes).containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
    }

    @Test
    void forgetsFailuresAtASuccess() {
        CircuitBreaker breaker = new CircuitBreaker(2, 2, MS, changes::add);
        breaker.onFailure(0, MS);
        breaker.onSuccess();
        breaker.onFailure(0, MS);
        assertThat(breaker.at(0)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    @Tag("limit:RATE_LIMIT_EVENTS_PER_SEC")
    void makesTheSpenderWait() {
        TokenBucket bucket = new TokenBucket(1000, 0);
        bucket.spend(1500, 0);
        assertThat(bucket.opensAtNs()).isEqualTo(500 * MS);
        bucket.spend(1, 2000 * MS);
        assertThat(bucket.opensAtNs()).isLessThanOrEqualTo(2000 * MS);
    }

    @Test
    @Tag("limit:MAX_IN_FLIGHT")
    void startsWithOneRequestAfterAnOutageAndRampsUp() {
        ConcurrencyLimit limit = new ConcurrencyLimit(8, "p1");
        limit.onOutage();
        limit.onAck(0);
        assertThat(limit.limit()).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            limit.onAck(ConcurrencyLimit.RAMP_SPREAD_NS);
        }
        assertThat(limit.limit()).isEqualTo(8);
        limit.onTrouble();
        assertThat(limit.limit()).isEqualTo(4);
    }

    @Test
    void spreadsAFleetOverTheRamp() {
        long early = 0;
        for (int i = 0; i < 1000; i++) {
            early += ConcurrencyLimit.share("dc1-span-" + i) < 0.5 ? 1 : 0;
        }
        assertThat(early).isBetween(400L, 600L);
    }

    @Test
    void takesAnotherRateWhileItRuns() {
        Gate gate = new Gate(GateConfig.defaults(), 8, 1 << 20, "x", () -> 0, changes::add);
        gate.onStarted(1500, 0);
        assertThat(gate.nextAttemptNs()).isLessThanOrEqualTo(0);

        gate.limitRate(1000, 0);
        gate.onStarted(1500, 0);
        assertThat(gate.nextAttemptNs()).isEqualTo(500 * MS);

        gate.limitRate(0, 0);
        assertThat(gate.nextAttemptNs()).isLessThanOrEqualTo(0);
    }
}
