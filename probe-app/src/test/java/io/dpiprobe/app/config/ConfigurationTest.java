// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dpiprobe.buffer.FullPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void reportsAllProblemsTogether() {
        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> Configuration.read(
                        Map.of("SNAPLEN", "12", "CORE_API_URL", "ftp://x", "BUFFER_FULL_POLICY", "block")));

        assertThat(refused.problems()).hasSize(3);
        assertThat(String.join("\n", refused.problems())).contains("SNAPLEN", "CORE_API_URL", "BUFFER_FULL_POLICY");
    }

    @Test
    void waitsForMemoryOnlyWhenAFileIsReadAtOnce() throws Exception {
        Map<String, String> file = Map.of("CAPTURE_FILE", "x.pcap", "CAPTURE_SPEED", "max");

        assertThat(Configuration.read(file).buffer("00000000", 2).fullPolicy()).isEqualTo(FullPolicy.BLOCK);
        assertThat(Configuration.read(Map.of()).buffer("00000000", 2).fullPolicy())
                .isEqualTo(FullPolicy.DROP_OLDEST);
    }

    @Test
    void namesTheNearestSettingOfAMisspeltOne() {
        assertThat(SettingsPage.warnings(Map.of("CAPTURE_IFCE", "eth0", "PATH", "/bin")))
                .singleElement()
                .asString()
                .contains("CAPTURE_IFACE");
    }

    @Test
    void documentationIsTheListOfSettings() throws Exception {
        assertThat(Files.readString(Path.of("../docs/configuration.md"))).isEqualTo(SettingsPage.markdown());
    }
}
