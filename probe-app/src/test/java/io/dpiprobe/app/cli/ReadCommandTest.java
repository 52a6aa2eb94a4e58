// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.source.PcapBytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
    /** GetRequest of sysName.0 with the community "sesame" (RFC 1157, 4.1.2; RFC 3416, 3). */
    private static final byte[] SNMP_GET = HexFormat.of()
            .parseHex(
                    "30290201010406736573616d65" + "a01c02047a6f6f6d020100020100" + "300e300c06082b060102010105000500");

    @TempDir
    private Path dir;

    @Test
    void hidesSecretsUnlessAskedForThem() throws IOException {
        Path capture = dir.resolve("snmp.pcap");
        Files.write(
                capture,
                new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, LinkType.ETHERNET)
                        .packet(
                                1_700_000_000,
                                0,
                                PacketBytes.from("10.0.0.1", 40_000)
                                        .to("10.0.0.2", 161)
                                        .udp(SNMP_GET))
                        .bytes());

        assertThat(read(Map.of(), capture))
                .anyMatch(line -> line.contains("\"snmp\""))
                .noneMatch(this::isLeak);
        assertThat(read(Map.of("LOG_SECRETS", "true"), capture)).anyMatch(this::isLeak);
        assertThat(read(Map.of(), capture, "--log-secrets", "true")).anyMatch(this::isLeak);
        assertThat(read(Map.of("LOG_SECRETS", "true"), capture, "--log-secrets", "false"))
                .noneMatch(this::isLeak);
    }

    @Test
    void saysWhatIsWrongWithTheSetting() {
        CommandRun run = CommandRun.of(Map.of("LOG_SECRETS", "maybe"), "read", "x.pcap");

        assertThat(run.code()).isEqualTo(ExitCode.CONFIG.code());
        assertThat(run.err()).contains("LOG_SECRETS: \"maybe\" must be true or false");
    }

    private List<String> read(Map<String, String> environment, Path capture, String... flags) throws IOException {
        Path events = dir.resolve("events.json");
        String[] arguments = new String[4 + flags.length];
        List.of("read", capture.toString(), "-o", events.toString()).toArray(arguments);
        System.arraycopy(flags, 0, arguments, 4, flags.length);
        CommandRun run = CommandRun.of(environment, arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return Files.readAllLines(events);
    }

    private boolean isLeak(String line) {
        return line.contains("sesame");
    }
}
