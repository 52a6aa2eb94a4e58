// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.SettingFile;
import io.dpiprobe.app.metrics.ProbeMetrics;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.app.probe.Sources;
import io.dpiprobe.app.service.ServiceNotifier;
import io.dpiprobe.app.web.ManagementServer;
import io.dpiprobe.buffer.LedgerSnapshot;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the probe. */
@Command(
        name = "run",
        description = {
            "Captures packets and delivers events to Core until it is told to stop (SIGTERM, Ctrl-C).",
            "",
            "Settings are environment variables, or flags of the same meaning: --capture-iface eth1 is"
                    + " CAPTURE_IFACE=eth1. `dpi-probe config` prints them all.",
            "",
            "With a file of settings (--env-file), SIGHUP reads it again: log level, filter and rate limit change at"
                    + " once, the rest at the next start."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  CAPTURE_IFACE=eth1 CORE_API_URL=https://core.example:8443 dpi-probe run",
            "  dpi-probe run --capture-iface lo --core-api-url http://127.0.0.1:8080 --buffer-dir /tmp/probe",
            "  CAPTURE_FILE=x.pcap CAPTURE_SPEED=max dpi-probe run --exit-when-done"
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--exit-when-done",
            description = "End once CAPTURE_FILE is read and Core has acknowledged every event: with 0, or with 1 if"
                    + " events had to be given up, or with 74 if the file is broken.")
    private boolean exitWhenDone;

    @Override
    public Integer call() throws Exception {
        Configuration config = SettingFlags.configuration(spec);
        if (exitWhenDone && config.capture().file() == null) {
            throw new CommandFailure(ExitCode.CONFIG, "--exit-when-done needs CAPTURE_FILE: an interface has no end");
        }
        Logging.configure(config.log());
        StopSignal stop = StopSignal.install();
        int code = ExitCode.SOFTWARE.code();
        try {
            code = run(config, stop);
            return code;
        } catch (IOException e) {
            // The JVM halts with the code of the stop signal, whatever picocli makes of the exception.
            code = FailureReport.codeOf(e).code();
            throw e;
        } finally {
            stop.done(code);
        }
    }

    private int run(Configuration config, StopSignal stop) throws Exception {
        Map<String, String> environment = ((CommandTree) spec.root().userObject()).environment();
        try (ServiceNotifier service = ServiceNotifier.open(environment)) {
            service.starting("opening the buffer");
            return run(config, stop, service);
        }
    }

    private int run(Configuration config, StopSignal stop, ServiceNotifier service) throws Exception {
        try (Probe probe = Probe.open(config, CaptureInput.of(config.capture()));
                ProbeMetrics metrics = new ProbeMetrics(probe);
                ManagementServer server = ManagementServer.open(config.management(), probe, metrics)) {
            probe.start();
            String source = Sources.describe(config.capture());
            log().info(
                            "capturing: {}, delivering to {}, managed at {}",
                            source,
                            config.transport().urls(),
                            server.url());
            listenForReload(probe, service);
            service.running(probe, source);
            stop.await(() -> exitWhenDone && probe.isDone());
            service.stopping(probe);
            return exitWhenDone ? verdict(probe) : ExitCode.OK.code();
        }
    }

    /** Without a file of settings there is nothing to read again, and SIGHUP keeps its meaning: the terminal is gone. */
    private void listenForReload(Probe probe, ServiceNotifier service) throws CommandFailure {
        SettingFile file = SettingFlags.file(spec);
        if (file != null) {
            Reload reload = new Reload(spec, file, probe);
            HangupSignal.install(() -> service.reload(reload));
        }
    }

    private static int verdict(Probe probe) {
        LedgerSnapshot ledger = probe.ledger();
        if (probe.captureFailure() != null) {
            return ExitCode.IO_ERROR.code();
        }
        long acked = ledger.total(lane -> lane.acked());
        long accepted = ledger.total(lane -> lane.accepted());
        if (acked != accepted) {
            log().warn("not_all_delivered: of {} events Core acknowledged {}", accepted, acked);
            return ExitCode.FAILED.code();
        }
        return ExitCode.OK.code();
    }

    /** Not a constant: every command line makes one of each command, and setting up the log takes its time. */
    private static Logger log() {
        return LoggerFactory.getLogger(RunCommand.class);
    }
}
