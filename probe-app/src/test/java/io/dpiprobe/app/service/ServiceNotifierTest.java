// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.SourceCounters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole probe, with a Core that is away and a service manager that listens. */
class ServiceNotifierTest {
    /** Signs of life are due four times in this time. */
    private static final String WATCHDOG_US = "800000";

    @TempDir
    private Path dir;

    @Test
    void isReadyAndAliveWithoutCoreAndSaysWhenItStops() throws Exception {
        Quiet source = new Quiet();
        try (ServiceSocket manager = ServiceSocket.bind(socket());
                ServiceNotifier service = ServiceNotifier.open(environment())) {
            service.starting("opening the buffer");
            try (Probe probe = start(source)) {
                service.running(probe, "eth9");
                List<String> alive = manager.receiveUntil("WATCHDOG=1"::equals);
                assertThat(alive.get(0)).isEqualTo("STATUS=opening the buffer");
                assertThat(alive.get(1)).startsWith("READY=1\nSTATUS=capturing eth9;");
                assertThat(alive.get(2)).isEqualTo("WATCHDOG=1");
                service.stopping(probe);
                List<String> end = manager.receiveUntil(message -> message.startsWith("STOPPING=1"));
                assertThat(end.get(end.size() - 1)).contains("EXTEND_TIMEOUT_USEC=");
            }
        }
    }

    @Test
    void givesNoSignOfLifeWhileCaptureIsStuck() throws Exception {
        Quiet source = new Quiet();
        try (ServiceSocket manager = ServiceSocket.bind(socket());
                ServiceNotifier service = ServiceNotifier.open(environment());
                Probe probe = start(source)) {
            service.running(probe, "eth9");
            manager.receiveUntil("WATCHDOG=1"::equals);
            source.stick();
            manager.receiveUntil(String::isEmpty); // one that was on its way
            assertThat(manager.receive(1000)).isNotEqualTo("WATCHDOG=1");
            source.release();
            manager.receiveUntil("WATCHDOG=1"::equals);
        } finally {
            source.release();
        }
    }

    private Probe start(PacketSource source) throws Exception {
        Configuration config = Configuration.read(Map.of(
                "CORE_API_URL", "http://127.0.0.1:1",
                "MAX_BUFFER_SIZE_MB", "8",
                "BUFFER_DIR", dir.resolve("buffer").toString()));
        Probe probe = Probe.open(config, List.of(new CaptureInput(CaptureInput.TimeBase.LIVE, () -> source)));
        probe.start();
        return probe;
    }

    private String socket() {
        return dir.resolve("notify").toString();
    }

    private Map<String, String> environment() {
        return Map.of("NOTIFY_SOCKET", socket(), "WATCHDOG_USEC", WATCHDOG_US);
    }

    /** An interface without packets, whose poll can be made to hang. */
    private static final class Quiet implements PacketSource {
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean stuck;

        void stick() {
            stuck = true;
        }

        void release() {
            stuck = false;
            released.countDown();
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            if (stuck) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return 0;
        }

        @Override
        public boolean isExhausted() {
            return false;
        }

        @Override
        public SourceCounters counters() {
            return SourceCounters.ZERO;
        }

        @Override
        public void close() {}
    }
}
