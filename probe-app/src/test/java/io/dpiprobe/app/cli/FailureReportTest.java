// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.capture.source.LibPcapMissingException;
import io.dpiprobe.capture.source.PacketFilter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReportTest {
    @TempDir
    private Path dir;

    @Test
    void tellsAnInterfaceThatIsNotThereFromOneThatBroke() throws Exception {
        Configuration config = Configuration.read(
                Map.of("CAPTURE_IFACE", "nope0", "BUFFER_DIR", dir.toString(), "CORE_API_URL", "http://127.0.0.1:9"));
        IOException failure =
                catchThrowableOfType(IOException.class, () -> Probe.open(config, CaptureInput.of(config.capture())));

        assertThat(FailureReport.codeOf(failure)).isEqualTo(orWithoutLibPcap(failure, ExitCode.NO_INPUT));
        assertThat(FailureReport.messageOf(failure)).containsAnyOf("there are:", "libpcap0.8");
    }

    @Test
    void callsABrokenFilterAMatterOfConfiguration() {
        IOException failure = catchThrowableOfType(IOException.class, () -> PacketFilter.compile("no such filter"));

        assertThat(FailureReport.codeOf(failure)).isEqualTo(orWithoutLibPcap(failure, ExitCode.CONFIG));
    }

    @Test
    void saysWhatToDoAboutFiles() {
        assertThat(FailureReport.messageOf(new NoSuchFileException("x.pcap"))).startsWith("x.pcap: no such file");
        assertThat(FailureReport.codeOf(new NoSuchFileException("x.pcap"))).isEqualTo(ExitCode.NO_INPUT);
        assertThat(FailureReport.codeOf(new AccessDeniedException("x.pcap"))).isEqualTo(ExitCode.NO_PERMISSION);
    }

    private static ExitCode orWithoutLibPcap(IOException failure, ExitCode code) {
        return failure instanceof LibPcapMissingException ? ExitCode.UNAVAILABLE : code;
    }
}
