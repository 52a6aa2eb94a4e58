// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.SamplingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN 7.3 on virtual time. */
class LevelsTest {
    private static final Signals CALM = new Signals(1, 20, 0.1);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Levels levels = new Levels(LevelConfig.defaults());
    private final Admission admission = new Admission();
    private long nowNs = TimeUnit.DAYS.toNanos(3);

    private Level after(int seconds, Signals signals) {
        Level last = levels.level();
        for (int i = 0; i < seconds; i++) {
            nowNs += SECOND_NS;
            last = levels.onSignals(signals, nowNs);
        }
        return last;
    }

    @ParameterizedTest
    @CsvSource({
        "1,     10,   0,    HEALTHY",
        "0.95,  499,  0.49, HEALTHY",
        "0.949, 10,   0,    WARNING",
        "1,     500,  0,    WARNING",
        "1,     10,   0.5,  WARNING",
        "0.8,   999,  0.79, WARNING",
        "0.79,  10,   0,    CRITICAL",
        "1,     1000, 0,    CRITICAL",
        "1,     10,   0.8,  CRITICAL",
        "0.5,   4999, 0.94, CRITICAL",
        "0.49,  10,   0,    OVERLOAD",
        "1,     5000, 0,    OVERLOAD",
        "1,     10,   0.95, OVERLOAD",
    })
    void theWorstSignalSetsTheLevelAtOnce(double delivered, double latencyMs, double backlog, Level expected) {
        assertThat(after(1, new Signals(delivered, latencyMs, backlog))).isEqualTo(expected);
    }

    @Test
    void threeCalmWindowsMakeItBetterByOne() {
        after(1, new Signals(0.1, 10, 0));

        assertThat(after(179, CALM)).isEqualTo(Level.OVERLOAD);
        assertThat(after(1, CALM)).isEqualTo(Level.CRITICAL);
        assertThat(after(179, CALM)).isEqualTo(Level.CRITICAL);
        assertThat(after(1, CALM)).isEqualTo(Level.WARNING);
        assertThat(after(180, CALM)).isEqualTo(Level.HEALTHY);
        assertThat(after(10_000, CALM)).isEqualTo(Level.HEALTHY);
    }

    @Test
    void oneSignalOfTheSameLevelBeginsTheCalmAnew() {
        Signals critical = new Signals(0.6, 10, 0);
        after(1, critical);
        after(179, CALM);

        assertThat(after(1, critical)).isEqualTo(Level.CRITICAL);
        assertThat(after(179, CALM)).isEqualTo(Level.CRITICAL);
        assertThat(after(1, CALM)).isEqualTo(Level.WARNING);
    }

    @Test
    void signalsOfABetterLevelAreCalmEnoughForOneStep() {
        after(1, new Signals(0.1, 10, 0));

        assertThat(after(180, new Signals(0.9, 10, 0))).isEqualTo(Level.CRITICAL);
        assertThat(after(180, new Signals(0.9, 10, 0))).isEqualTo(Level.WARNING);
        assertThat(after(1000, new Signals(0.9, 10, 0))).isEqualTo(Level.WARNING);
    }

    @Test
    void whateverTheSignalsSayItChangesAtMostTwiceAMinute() {
        Levels nervous = new Levels(new LevelConfig(
                java.time.Duration.ofSeconds(1),
                LevelConfig.defaults().delivered(),
                LevelConfig.defaults().latenciesMs(),
                LevelConfig.defaults().backlog()));
        Random random = new Random(42);
        List<Long> changes = new ArrayList<>();
        Level before = nervous.level();
        for (int i = 0; i < 20_000; i++) {
            nowNs += SECOND_NS;
            boolean calm = i / 10 % 2 == 0;
            Level now = nervous.onSignals(calm ? CALM : new Signals(random.nextDouble(), 0, 0), nowNs);
            if (now != before) {
                changes.add(nowNs);
            }
            before = now;
        }
        assertThat(changes).hasSizeGreaterThan(100);
        for (int i = 2; i < changes.size(); i++) {
            assertThat(changes.get(i) - changes.get(i - 2)).isGreaterThanOrEqualTo(60 * SECOND_NS);
        }
    }

    @Test
    void withRoomOnDiskNothingIsSampled() {
        new SamplingPlan(SamplingConfig.defaults()).apply(Level.OVERLOAD, 0.79, 1, admission);

        assertThat(shares()).containsExactly(1000, 1000, 1000);
    }

    @ParameterizedTest
    @CsvSource({"HEALTHY, 1000, 1000", "WARNING, 1000, 800", "CRITICAL, 800, 500", "OVERLOAD, 500, 0"})
    void eachLevelKeepsItsShareOnceTheDiskFills(Level level, int normal, int low) {
        new SamplingPlan(SamplingConfig.defaults()).apply(level, 0.8, 0.8, admission);

        assertThat(shares()).containsExactly(1000, normal, low);
    }

    @Test
    void withoutSheddingOverloadKeepsAFifthOfLow() {
        new SamplingPlan(config(SamplingMode.FLOW, false)).apply(Level.OVERLOAD, 0.9, 0.9, admission);

        assertThat(shares()).containsExactly(1000, 500, 200);
    }

    @Test
    void withoutSamplingLowIsShedAllTheSame() {
        new SamplingPlan(config(SamplingMode.OFF, true)).apply(Level.OVERLOAD, 0.9, 0.9, admission);

        assertThat(shares()).containsExactly(1000, 1000, 0);
    }

    @Test
    void theProbabilisticModeDropsByTheSquareOfTheDepth() {
        SamplingPlan plan = new SamplingPlan(config(SamplingMode.PROBABILISTIC, false));

        plan.apply(Level.WARNING, 0.9, 0.9, admission);
        assertThat(shares()).containsExactly(1000, 1000, 190);
        plan.apply(Level.OVERLOAD, 1, 1, admission);
        assertThat(shares()).containsExactly(1000, 1, 1);
    }

    @Test
    void samplingDoesNotFlickerWithTheDisk() {
        SamplingPlan plan = new SamplingPlan(SamplingConfig.defaults());
        List<Integer> low = new ArrayList<>();
        for (double disk : new double[] {0.79, 0.81, 0.79, 0.71, 0.69, 0.79}) {
            plan.apply(Level.CRITICAL, disk, disk, admission);
            low.add(admission.share(Lane.LOW));
        }
        assertThat(low).containsExactly(1000, 500, 500, 500, 1000, 1000);
    }

    private static SamplingConfig config(SamplingMode mode, boolean shedding) {
        SamplingConfig d = SamplingConfig.defaults();
        return new SamplingConfig(mode, d.low(), d.normal(), d.whenDiskAbove(), shedding, d.shedWhenDiskAbove());
    }

    private List<Integer> shares() {
        return List.of(admission.share(Lane.HIGH), admission.share(Lane.NORMAL), admission.share(Lane.LOW));
    }
}
