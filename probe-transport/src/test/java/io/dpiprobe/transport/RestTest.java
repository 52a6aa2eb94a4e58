// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static io.dpiprobe.transport.FakeCore.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long the transport's thread may sleep. */
class RestTest extends RuledDelivery {
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private Rest rest(Transport transport) {
        return (Rest) transport.idleStrategy();
    }

    @Test
    void looksForBatchesWhileCoreTakesThem() {
        Transport transport = transport(new FakeCore(request -> status(200)));
        transport.doWork(nowNs);
        assertThat(rest(transport).allowedNs()).isZero();
    }

    @Test
    void sleepsUntilTheNextAttemptIsDueAndMissesNone() {
        source.add(1);
        FakeCore core = new FakeCore(request -> REFUSED);
        Transport transport = transport(core);
        int cycles = 0;
        for (long endNs = nowNs + MINUTE_NS;
                nowNs < endNs;
                nowNs += rest(transport).allowedNs()) {
            int before = core.requests().size();
            while (transport.doWork(nowNs) > 0) {
                cycles++;
            }
            cycles++;
            if (core.requests().size() > before) {
                attemptsMs.add(TimeUnit.NANOSECONDS.toMillis(nowNs));
            }
        }
        assertThat(gapsMs()).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L);
        assertThat(cycles).isLessThan(10 * 60 + 50);
    }

    @Test
    void sleepsWhileAsManyRequestsAreUnderWayAsMayBe() {
        for (int i = 0; i < 20; i++) {
            source.add(1);
        }
        DistantCore distant = new DistantCore(new FakeCore(request -> status(200)));
        distant.takes(Duration.ofSeconds(1));
        distant.arrive(nowNs);
        Transport transport = new Transport(config("http://core:1"), source, availability::add, distant, () -> 0.5);
        transport.doWork(nowNs);
        assertThat(rest(transport).allowedNs()).isEqualTo(Rest.LONGEST_NS);
        distant.arrive(nowNs + TimeUnit.SECONDS.toNanos(1));
        transport.doWork(nowNs + TimeUnit.SECONDS.toNanos(1));
        transport.doWork(nowNs + TimeUnit.SECONDS.toNanos(2));
        assertThat(source.settlements()).hasSize(8);
    }

    /** A thread that only ever wakes by {@link Rest#wake} gets past each sleep; were a wake lost, it took 100 ms each. */
    @Test
    void anAnswerEndsTheSleep() throws InterruptedException {
        Rest rest = new Rest();
        rest.allow(Long.MAX_VALUE);
        int rounds = 1000;
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Thread sleeper = new Thread(() -> {
            rest.begin();
            begun.countDown();
            for (int answered = 0; answered < rounds; answered = asked.get()) {
                rest.idle(0);
            }
        });
        sleeper.start();
        begun.await();
        for (int i = 0; i < rounds; i++) {
            asked.incrementAndGet();
            rest.wake();
        }
        sleeper.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(sleeper.isAlive()).isFalse();
    }
}
