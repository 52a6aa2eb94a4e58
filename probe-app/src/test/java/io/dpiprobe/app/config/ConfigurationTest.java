// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.SamplingMode;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.transport.level.LevelConfig;
import io.dpiprobe.transport.level.SamplingConfig;
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

    /** Found by fuzzing: such a value was neither given nor absent. */
    @Test
    void aValueOfControlCharactersCountsAsNone() throws Exception {
        assertThat(Configuration.read(Map.of("CAPTURE_THREADS", "\u0001"))
                        .capture()
                        .workers())
                .isEqualTo(1);
    }

    @Test
    void namesTheNearestSettingOfAMisspeltOne() {
        assertThat(SettingsPage.warnings(Map.of("CAPTURE_IFCE", "eth0", "PATH", "/bin")))
                .singleElement()
                .asString()
                .contains("CAPTURE_IFACE");
    }

    @Test
    void readsTheLimitsOfLevelsAndRefusesThemOutOfOrder() throws Exception {
        Configuration config = Configuration.read(Map.of("LEVEL_LATENCY_LIMITS_MS", "100, 200,200"));
        assertThat(config.levels().latenciesMs()).containsExactly(100.0, 200.0, 200.0);
        assertThat(Configuration.read(Map.of()).levels()).isEqualTo(LevelConfig.defaults());
        assertThat(Configuration.read(Map.of()).sampling()).isEqualTo(SamplingConfig.defaults());
        assertThat(Configuration.read(Map.of("ENABLE_ADAPTIVE_SAMPLING", "false"))
                        .sampling()
                        .mode())
                .isEqualTo(SamplingMode.OFF);

        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> Configuration.read(Map.of(
                        "LEVEL_DELIVERED_LIMITS", "0.5,0.8,0.9",
                        "LEVEL_BACKLOG_LIMITS", "0.5,0.8",
                        "SAMPLING_LOW", "0.8,0.5,0")));
        assertThat(refused.problems()).hasSize(3);
    }

    @Test
    void hidesSecretsUnlessToldNotTo() throws Exception {
        assertThat(Configuration.read(Map.of()).secrets()).isEqualTo(Secrets.HIDDEN);
        assertThat(Configuration.read(Map.of("LOG_SECRETS", "true")).secrets()).isEqualTo(Secrets.SHOWN);
    }

    @Test
    void documentationIsTheListOfSettings() throws Exception {
        assertThat(Files.readString(Path.of("../docs/configuration.md"))).isEqualTo(SettingsPage.markdown());
    }
}
