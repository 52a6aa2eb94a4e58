// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import io.dpiprobe.app.probe.Probe;
import java.io.IOException;
import java.util.Map;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the service manager informed for as long as the probe runs, on a thread of its own; does nothing where there is
 * none.
 */
public final class ServiceNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
    /** Often enough for the shortest watchdog that makes sense, one of a second. */
    private static final int TICK_MS = 100;

    private final ServiceReport report;
    private final @Nullable NotifySocket socket;
    private final @Nullable AgentRunner runner;

    private ServiceNotifier(ServiceReport report, @Nullable NotifySocket socket, @Nullable AgentRunner runner) {
        this.report = report;
        this.socket = socket;
        this.runner = runner;
    }

    /** Says what the environment of the process asks for: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID. */
    public static ServiceNotifier open(Map<String, String> environment) throws IOException {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return new ServiceNotifier(new ServiceReport(message -> {}, 0), null, null);
        }
        NotifySocket socket = NotifySocket.open(name);
        long pid = ProcessHandle.current().pid();
        ServiceReport report = new ServiceReport(socket, Watchdog.intervalNs(environment, pid));
        AgentRunner runner = new AgentRunner(
                new SleepingMillisIdleStrategy(TICK_MS),
                fault -> LOG.error("notify_fault: {}", String.valueOf(fault), fault),
                null,
                new Ticking(report));
        AgentRunner.startOnThread(runner);
        return new ServiceNotifier(report, socket, runner);
    }

    /** Calls the report again and again. */
    private record Ticking(ServiceReport report) implements Agent {
        @Override
        public int doWork() {
            report.onTick(SystemNanoClock.INSTANCE.nanoTime());
            return 0;
        }

        @Override
        public String roleName() {
            return "service";
        }
    }

    public void starting(String text) {
        report.starting(text);
    }

    /** The probe has started; from here on it is watched. */
    public void running(Probe probe, String source) {
        report.running(probe.stages(), () -> StatusLine.of(probe, source), SystemNanoClock.INSTANCE.nanoTime());
    }

    /** Tells of a new reading of the settings, while it is done. */
    public void reload(Reload reload) {
        report.reloading(MonotonicClock.micros());
        report.reloaded(reload.run());
    }

    /** Reads settings again. */
    @FunctionalInterface
    public interface Reload {
        /** Does it, and says in a few words how it went. */
        String run();
    }

    /** Capture is about to end and memory to be moved to disk. */
    public void stopping(Probe probe) {
        report.stopping(
                () -> probe.ledger().total(lane -> lane.inMemory() + lane.inFlight()),
                SystemNanoClock.INSTANCE.nanoTime());
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.close();
        }
        if (socket != null) {
            socket.close();
        }
    }
}
