// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dpiprobe.capture.packet.PacketBytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilteredSourceTest {
    @TempDir
    private Path dir;

    @BeforeEach
    void needLibPcap() {
        Assumptions.assumeTrue(LibPcap.isAvailable(), "libpcap is not installed");
    }

    @Test
    void handsOverWhatPasses() throws IOException {
        byte[] wanted = udpTo(53);
        byte[] ip = Arrays.copyOfRange(wanted, 14, wanted.length);
        PcapngBytes file = new PcapngBytes().section(ByteOrder.LITTLE_ENDIAN);
        file.networkInterface(1, 0).networkInterface(101, 0);
        file.enhancedPacket(0, 1, 60, udpTo(80)).enhancedPacket(0, 2, 60, wanted);
        file.enhancedPacket(1, 3, 60, ip).enhancedPacket(1, 4, 60, new byte[1]);

        List<SeenPacket> seen = new ArrayList<>();
        try (PacketSource source = open(file.bytes(), "udp dst port 53")) {
            SeenPacket.drain(source, seen);
            assertThat(source.counters()).isEqualTo(new SourceCounters(2, wanted.length + ip.length, 0, 0));
        }
        assertThat(seen).extracting(SeenPacket::timestampNs).containsExactly(2000L, 3000L);
    }

    @Test
    void reportsAFilterThatMakesNoSenseForALinkType() throws IOException {
        PcapngBytes file = new PcapngBytes().section(ByteOrder.LITTLE_ENDIAN).networkInterface(101, 0);
        file.enhancedPacket(0, 1, 60, udpTo(80));
        try (PacketSource source = open(file.bytes(), "ether host 02:00:00:00:00:01")) {
            assertThatThrownBy(() -> source.poll(packet -> {}, 1)).isInstanceOf(InvalidFilterException.class);
            assertThat(source.isExhausted()).isTrue();
        }
    }

    @Test
    void refusesAFilterThatIsNone() {
        assertThatThrownBy(() -> PacketFilter.compile("prot 80"))
                .isInstanceOf(InvalidFilterException.class)
                .hasMessageContaining("\"prot 80\"")
                .hasMessageContaining("pcap-filter(7)");
    }

    private PacketSource open(byte[] bytes, String filter) throws IOException {
        Path file = Files.write(dir.resolve("some.pcapng"), bytes);
        return new FilteredSource(CaptureFiles.open(file), PacketFilter.compile(filter));
    }

    private static byte[] udpTo(int port) {
        return PacketBytes.from("10.0.0.1", 1024).to("10.0.0.2", port).udp(new byte[10]);
    }
}
