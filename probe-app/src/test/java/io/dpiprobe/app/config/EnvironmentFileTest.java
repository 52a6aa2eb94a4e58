// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
    @TempDir
    private Path dir;

    @Test
    void readsNamesAndValues() throws Exception {
        assertThat(EnvironmentFile.parse("# note\n; note\n\nSNAPLEN=256\n PROBE_ID = a \nCAPTURE_FILTER=\n", "x"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("SNAPLEN", "256", "PROBE_ID", "a", "CAPTURE_FILTER", ""));
    }

    @Test
    void takesQuotesAndBackslashesAsSystemdDoes() throws Exception {
        assertThat(EnvironmentFile.parse("A=\"tcp or \\\"udp\\\"\"\nB='a\\b'\nC=one\\\ntwo\nD=a\\ b\n", "x"))
                .containsEntry("A", "tcp or \"udp\"")
                .containsEntry("B", "a\\b")
                .containsEntry("C", "onetwo")
                .containsEntry("D", "a b");
    }

    @Test
    void namesEveryLineThatIsNone() {
        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> EnvironmentFile.parse("SNAPLEN=1\nexport A=1\nhello\n", "the file"));

        assertThat(refused.problems())
                .containsExactly("the file, line 2: it is not NAME=value", "the file, line 3: it is not NAME=value");
    }

    @Test
    void whatLeavesTheFileIsSetNoMore() throws Exception {
        Path file = Files.writeString(dir.resolve("env"), "SNAPLEN=256\nPROBE_ID=a\n");
        Map<String, String> process = Map.of("SNAPLEN", "256", "PROBE_ID", "a", "CAPTURE_THREADS", "2");
        SettingFile settings = SettingFile.open(process, file);
        assertThat(settings.environment()).isEqualTo(process);

        Files.writeString(file, "PROBE_ID=b\n");
        settings.refresh();
        assertThat(settings.environment()).isEqualTo(Map.of("PROBE_ID", "b", "CAPTURE_THREADS", "2"));
    }
}
