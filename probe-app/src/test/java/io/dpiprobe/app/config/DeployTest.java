// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image and the DaemonSet, as far as they can be looked at without a container run time and a cluster. */
class DeployTest {
    private static final Path MANIFEST = Path.of("../deploy/daemonset.yaml");
    private static final Pattern SETTING = Pattern.compile("^  ([A-Z_]+): \"?([^\"\n]+)\"?$", Pattern.MULTILINE);

    @Test
    void settingsOfTheDaemonSetAreValid() throws Exception {
        Map<String, String> environment = new HashMap<>();
        Matcher setting = SETTING.matcher(Files.readString(MANIFEST));
        while (setting.find()) {
            environment.put(setting.group(1), setting.group(2));
        }

        assertThat(environment).containsKeys("CAPTURE_IFACE", "CORE_API_URL");
        assertThat(Settings.all().stream().map(Setting::name)).containsAll(environment.keySet());
        assertThat(Configuration.read(environment).capture().interfaces()).isEqualTo("eth0");
    }

    @Test
    void theDaemonSetIsYamlWithTheNodesNetworkAndOneCapability() throws Exception {
        String program = "import sys, yaml\n"
                + "settings, probe = yaml.safe_load_all(open(sys.argv[1]))\n"
                + "pod = probe['spec']['template']['spec']\n"
                + "print(settings['kind'], probe['kind'], pod['hostNetwork'],"
                + " pod['containers'][0]['securityContext']['capabilities'])\n";
        assumeTrue(python("import yaml").isEmpty(), "python3 with yaml is not installed");

        assertThat(python(program)).isEqualTo("ConfigMap DaemonSet True {'drop': ['ALL'], 'add': ['NET_RAW']}\n");
    }

    @Test
    void theImageRunsTheProbeAsAUserOfItsOwn() throws IOException {
        assertThat(Files.readAllLines(Path.of("../deploy/Dockerfile")))
                .contains("USER dpi-probe", "VOLUME /var/lib/dpi-probe", "ENTRYPOINT [\"/usr/bin/dpi-probe\"]");
    }

    private static String python(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", program, MANIFEST.toString())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            return "there is no python3: " + e.getMessage();
        }
    }
}
