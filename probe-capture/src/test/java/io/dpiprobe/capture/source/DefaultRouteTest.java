// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultRouteTest {
    private static final String V6 = "0".repeat(32) + " 00 " + "0".repeat(32) + " 00 " + "f".repeat(32);

    @TempDir
    private Path procNet;

    @Test
    void takesTheRouteOfLeastMetricThatIsUp() throws IOException {
        Files.writeString(procNet.resolve("route"), """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth2\t0000A8C0\t00000000\t0001\t0\t0\t1\t00FFFFFF\t0\t0\t0
                eth1\t00000000\t0100A8C0\t0003\t0\t0\t200\t00000000\t0\t0\t0
                eth0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
                eth3\t00000000\t0100A8C0\t0002\t0\t0\t50\t00000000\t0\t0\t0
                """);

        assertThat(new DefaultRoute(procNet).interfaceName()).contains("eth0");
    }

    @Test
    void fallsBackToIpv6() throws IOException {
        Files.writeString(
                procNet.resolve("ipv6_route"),
                V6 + " ffffffff 00000001 00000000 00200200 lo\n" + V6 + " 00000400 00000001 00000000 00000003 wlan0\n");

        assertThat(new DefaultRoute(procNet).interfaceName()).contains("wlan0");
    }

    @Test
    void findsNothingWithoutTables() {
        assertThat(new DefaultRoute(procNet).interfaceName()).isEmpty();
    }
}
