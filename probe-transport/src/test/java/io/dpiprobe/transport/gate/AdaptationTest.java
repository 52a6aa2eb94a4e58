// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How requests become fewer and smaller, and more and larger again. */
class AdaptationTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MIB = 1 << 20;

    private static Gate gate() {
        GateConfig d = GateConfig.defaults();
        GateConfig exact = new GateConfig(
                d.backoffInitial(),
                d.backoffMax(),
                0,
                d.failureThreshold(),
                d.successThreshold(),
                d.recoveryTimeout(),
                d.holdPace(),
                0);
        return new Gate(exact, 8, MIB, "p1", () -> 0.5, state -> {});
    }

    @Test
    void staysBelowWhatWasTooLargeAndTriesMoreEverMoreSeldom() {
        BatchLimit limit = new BatchLimit(MIB);
        long nowNs = 0;
        limit.onTooLarge(MIB, nowNs);
        for (long waitNs : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            waitNs *= BatchLimit.TRY_NS;
            limit.onAck(nowNs + waitNs - 1);
            assertThat(limit.bytes()).isEqualTo(MIB / 2);
            nowNs += waitNs;
            limit.onAck(nowNs);
            assertThat(limit.bytes()).isEqualTo(MIB);
            limit.onTooLarge(MIB, nowNs);
        }
    }

    @Test
    void isBackAtFullSizeSecondsAfterCoreCalledEverythingTooLarge() {
        BatchLimit limit = new BatchLimit(MIB);
        for (int bytes = MIB; bytes > 500; bytes /= 2) {
            limit.onTooLarge(bytes, 0);
        }
        assertThat(limit.bytes()).isLessThan(500);
        for (int seconds = 1; seconds <= 12; seconds++) {
            limit.onAck(seconds * BatchLimit.TRY_NS);
        }
        assertThat(limit.bytes()).isEqualTo(MIB);
    }

    @Test
    void triesSoonAgainOnceMoreWasTaken() {
        BatchLimit limit = new BatchLimit(MIB);
        limit.onTooLarge(MIB, 0);
        limit.onAck(BatchLimit.TRY_NS);
        limit.onTooLarge(MIB, BatchLimit.TRY_NS);
        limit.onTooLarge(MIB / 2, BatchLimit.TRY_NS); // a quarter is left
        limit.onAck(3 * BatchLimit.TRY_NS);
        assertThat(limit.bytes()).isEqualTo(MIB / 2);
        limit.onAck(4 * BatchLimit.TRY_NS);
        assertThat(limit.bytes()).as("two seconds have not passed").isEqualTo(MIB / 2);
        limit.onAck(5 * BatchLimit.TRY_NS);
        assertThat(limit.bytes()).isEqualTo(MIB);
        limit.onTooLarge(MIB, 5 * BatchLimit.TRY_NS);
        limit.onAck(7 * BatchLimit.TRY_NS);
        assertThat(limit.bytes())
                .as("the half was taken: two seconds, not eight")
                .isEqualTo(MIB);
    }

    @Test
    @Tag("limit:BatchLimit.FLOOR_BYTES")
    void makesBatchesSmallerInTroubleAndLargerWithAcks() {
        BatchLimit limit = new BatchLimit(MIB);
        limit.onTrouble();
        assertThat(limit.bytes()).isEqualTo(MIB / 2);
        limit.onAck(0);
        assertThat(limit.bytes()).isEqualTo(MIB / 2 + MIB / 16);
        for (int i = 0; i < 20; i++) {
            limit.onTrouble();
        }
        assertThat(limit.bytes()).isEqualTo(BatchLimit.FLOOR_BYTES);
    }

    @Test
    void asksForLessWhenOneAnswerInTwentyIsSlow() {
        Gate gate = gate();
        List<Integer> slowAt = new ArrayList<>();
        long nowNs = 0;
        for (int i = 1; i <= 60; i++) {
            long startedNs = nowNs;
            nowNs += i % 10 == 0 ? 2 * Gate.SLOW_NS : 50 * MS;
            if (gate.onDelivered(startedNs, nowNs)) {
                slowAt.add(i);
            }
        }
        assertThat(slowAt).containsExactly(20, 40, 60);
        assertThat(gate.concurrencyLimit()).isLessThan(8);
        assertThat(gate.batchLimitBytes(nowNs)).isLessThan(MIB);
    }

    @Test
    void leavesAFastCoreAlone() {
        Gate gate = gate();
        for (int i = 1; i <= 1000; i++) {
            assertThat(gate.onDelivered(i * 1000L * MS, i * 1000L * MS + (i % 40 == 0 ? 2 * Gate.SLOW_NS : MS)))
                    .isFalse();
        }
        assertThat(gate.concurrencyLimit()).isEqualTo(8);
    }

    @Test
    void findsOutWithASmallBatchWhetherCoreIsBack() {
        Gate gate = gate();
        long nowNs = 0;
        for (int i = 0; i < 5; i++) {
            nowNs = Math.max(nowNs + 1, gate.nextAttemptNs());
            gate.onUnavailable(nowNs, nowNs + 1, RetryAfter.NONE);
        }
        nowNs = gate.nextAttemptNs() + Duration.ofSeconds(1).toNanos();
        assertThat(gate.mayStart(nowNs, 0)).isTrue();
        assertThat(gate.mayStart(nowNs, 1)).isFalse();
        assertThat(gate.batchLimitBytes(nowNs)).isEqualTo(BatchLimit.TRIAL_BYTES);
    }

    @Test
    @Tag("limit:BATCH_MAX_BYTES")
    void makesBatchesNoLargerThanAllowed() {
        BatchLimit limit = new BatchLimit(MIB);
        for (int i = 0; i < 100; i++) {
            limit.onAck(i);
        }
        assertThat(limit.bytes()).isEqualTo(MIB);
    }
}
