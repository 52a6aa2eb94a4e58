// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what people read about settings, from the one list of them. */
public final class SettingsPage {
    private SettingsPage() {}

    /** The text of {@code docs/configuration.md}. */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Configuration\n\n")
                .append(
                        "Settings are environment variables. `dpi-probe run`, `check` and `config` also take each as a\n")
                .append("flag of the same meaning, which wins: `--capture-iface eth1` for `CAPTURE_IFACE=eth1`. All\n")
                .append("problems are reported together, with exit code 78. This page is made by\n")
                .append("`dpi-probe config --markdown`.\n\n")
                .append("| variable | default | values | |\n|---|---|---|---|\n");
        for (Setting<?> setting : Settings.all()) {
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(setting.name(), code(setting.defaultText()), setting.range(), setting.sentence())
                    .replace(System.lineSeparator(), "\n"));
        }
        return page.toString();
    }

    /** The manual page dpi-probe.env(5). */
    public static String manual(String version) {
        Roff page = new Roff("DPI-PROBE.ENV", 5, version)
                .section("NAME")
                .paragraph("dpi-probe.env - settings of the DPI probe")
                .section("DESCRIPTION")
                .paragraph("The service dpi-probe reads its settings from /etc/dpi-probe/dpi-probe.env: one NAME=value"
                        + " a line, as in an EnvironmentFile of systemd.exec(5). The same names are environment"
                        + " variables, and in small letters with hyphens flags of dpi-probe run, check and config. A"
                        + " flag wins over the file, the file over the environment.")
                .paragraph(
                        "Settings that are wrong are reported together, and the probe ends with code 78. Those marked"
                                + " live change with: systemctl reload dpi-probe. The others need a restart.")
                .section("SETTINGS");
        for (Setting<?> setting : Settings.all()) {
            List<String> sentences = new ArrayList<>(List.of(setting.sentence(), "Values: " + setting.range()));
            if (!setting.defaultText().isEmpty()) {
                sentences.add("Default: " + setting.defaultText());
            }
            if (ConfigurationChange.isLive(setting)) {
                sentences.add("Live: takes effect on reload.");
            }
            page.item(setting.name(), "", sentences);
        }
        return page.section("SEE ALSO")
                .paragraph("dpi-probe(8), systemd.exec(5), pcap-filter(7)")
                .toString();
    }

    /** The values in force, as a file that can be used as an environment file. */
    public static String values(Configuration configuration) {
        StringBuilder page = new StringBuilder();
        for (Setting<?> setting : Settings.all()) {
            page.append("# ").append(setting.sentence()).append('\n');
            page.append("# ").append(setting.range());
            if (!setting.defaultText().isEmpty()) {
                page.append("; default ").append(setting.defaultText());
            }
            String value = configuration.text(setting);
            page.append('\n').append(value.isEmpty() ? "#" : "").append(setting.name());
            page.append('=').append(value).append("\n\n");
        }
        return page.toString();
    }

    /** One sentence for each variable that looks like a misspelt setting. */
    public static List<String> warnings(Map<String, String> environment) {
        return UnknownNames.warnings(environment);
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
