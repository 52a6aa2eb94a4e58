// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import io.dpiprobe.app.config.CaptureConfig;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.Sources;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.capture.source.PacketSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tries out what the probe needs of the host it runs on. */
public final class HostChecks {
    private HostChecks() {}

    /** Checks everything; takes as long as Core takes to answer, or not to. */
    public static List<Finding> run(Configuration config) {
        List<Finding> findings = new ArrayList<>();
        CaptureConfig capture = config.capture();
        if (capture.file() == null) {
            findings.add(Rights.check(Path.of("/proc/self/status")));
            findings.addAll(interfaces(capture));
        }
        findings.add(capture(capture));
        findings.add(MemoryCheck.check(
                Runtime.getRuntime().maxMemory(), (long) config.flowsPerWorker() * capture.workers()));
        findings.addAll(disk(config));
        for (URI core : config.transport().urls()) {
            findings.addAll(new CoreCheck(config, core).run());
        }
        findings.add(Clock.check(Instant.now(), Clock.kernelStatus()));
        return findings;
    }

    private static List<Finding> interfaces(CaptureConfig capture) {
        List<Finding> findings = new ArrayList<>();
        try {
            InterfaceCheck check = new InterfaceCheck(Path.of("/sys/class/net"), Ethtool::read);
            for (String name : Sources.describe(capture).split(",", -1)) {
                findings.addAll(check.run(name.strip(), capture.promiscuous()));
            }
        } catch (IOException e) {
            findings.add(Finding.error("interface", String.valueOf(e.getMessage()), "name one with CAPTURE_IFACE"));
        }
        return findings;
    }

    /** Opens the first input as `run` would, and closes it again. */
    private static Finding capture(CaptureConfig capture) {
        try (PacketSource source = CaptureInput.of(capture).get(0).opener().open()) {
            assert source.counters().captured() == 0;
            return Finding.ok("capture", Sources.describe(capture) + " can be opened");
        } catch (IOException e) {
            return Finding.error("capture", "nothing can be captured", String.valueOf(e.getMessage()));
        }
    }

    private static List<Finding> disk(Configuration config) {
        BufferConfig buffer = config.buffer("00000000", config.capture().workers() + 1);
        return DiskCheck.run(buffer.dir().toAbsolutePath(), buffer.diskBytes(), Files::getFileStore);
    }
}
