// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.probe.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServiceReportTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final List<String> said = new ArrayList<>();
    private final ServiceReport report = new ServiceReport(said::add, 15 * SECOND_NS);
    private final AtomicLong capture = new AtomicLong();
    private final AtomicLong spill = new AtomicLong();
    private final AtomicLong left = new AtomicLong(500);
    private String status = "capturing";

    @Test
    void isReadyOnceItRuns() {
        report.starting("opening the buffer");
        report.onTick(0);
        run();

        assertThat(said).containsExactly("STATUS=opening the buffer", "READY=1\nSTATUS=capturing");
    }

    @Test
    void isAliveWhileAllStagesMove() {
        run();
        tick(0, 15, 30);

        assertThat(said).filteredOn("WATCHDOG=1"::equals).hasSize(3);
    }

    @Test
    void saysNothingOnceAStageIsStuckAndGoesOnOnceItMoves() {
        run();
        tick(0);
        capture.incrementAndGet(); // spill stands still
        report.onTick(15 * SECOND_NS);
        capture.incrementAndGet();
        report.onTick(30 * SECOND_NS);
        assertThat(said).filteredOn("WATCHDOG=1"::equals).hasSize(1);

        tick(45);
        assertThat(said).filteredOn("WATCHDOG=1"::equals).hasSize(2);
    }

    @Test
    void tellsItsStatusWhenItChanges() {
        run();
        tick(5, 10);
        status = "Core is away";
        tick(15);

        assertThat(said).filteredOn(message -> message.startsWith("STATUS=")).containsExactly("STATUS=Core is away");
    }

    @Test
    void isReadyAgainAfterAReload() {
        run();
        report.reloading(77);
        report.reloaded("read again");

        assertThat(said)
                .containsSubsequence("RELOADING=1\nMONOTONIC_USEC=77", "READY=1\nSTATUS=read again")
                .hasSize(3);
    }

    @Test
    void asksForMoreTimeOnlyWhileItDrains() {
        run();
        report.stopping(left::get, 0);
        assertThat(said.get(1)).contains("STOPPING=1").contains("500 events").contains("EXTEND_TIMEOUT_USEC=30000000");

        left.set(100);
        report.onTick(SECOND_NS);
        assertThat(said.get(2)).contains("EXTEND_TIMEOUT_USEC=30000000").contains("WATCHDOG=1");

        report.onTick(2 * SECOND_NS);
        assertThat(said).hasSize(3);
    }

    @Test
    void heedsOnlyAWatchdogThatIsMeantForIt() {
        assertThat(Watchdog.intervalNs(Map.of("WATCHDOG_USEC", "60000000"), 7)).isEqualTo(15 * SECOND_NS);
        assertThat(Watchdog.intervalNs(Map.of("WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "7"), 7))
                .isEqualTo(15 * SECOND_NS);
        assertThat(Watchdog.intervalNs(Map.of("WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "8"), 7))
                .isZero();
        assertThat(Watchdog.intervalNs(Map.of("WATCHDOG_USEC", "soon"), 7)).isZero();
        assertThat(Watchdog.intervalNs(Map.of(), 7)).isZero();
    }

    private void run() {
        List<Stage> stages = List.of(new Stage("capture-0", capture::get), new Stage("spill", spill::get));
        report.running(stages, () -> status, 0);
    }

    private void tick(long... seconds) {
        for (long second : seconds) {
            capture.incrementAndGet();
            spill.incrementAndGet();
            report.onTick(second * SECOND_NS);
        }
    }
}
