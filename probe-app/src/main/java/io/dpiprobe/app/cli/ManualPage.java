// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.BuildInfo;
import io.dpiprobe.app.config.Roff;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes dpi-probe(8) from what the commands say of themselves. */
final class ManualPage {
    private ManualPage() {}

    static String of(CommandSpec root) {
        Roff page = new Roff("DPI-PROBE", 8, BuildInfo.version())
                .section("NAME")
                .paragraph("dpi-probe - network sensor that delivers EVE JSON events")
                .section("SYNOPSIS")
                .named("dpi-probe", "COMMAND [OPTION...]")
                .section("DESCRIPTION");
        for (String line : root.usageMessage().description()) {
            page.paragraph(plain(line));
        }
        page.paragraph("Settings are environment variables, or stand in a file: see dpi-probe.env(5).")
                .section("COMMANDS");
        commands(page, root);
        return page.section("EXIT STATUS")
                .item("0", "", List.of("All went well."))
                .item("1", "", List.of("Something that was checked is not as it should be."))
                .item("64", "", List.of("The command line is wrong."))
                .item("66", "", List.of("A file or an interface does not exist."))
                .item("69", "", List.of("Something that is needed is missing: libpcap, a service."))
                .item("70", "", List.of("A bug."))
                .item("73, 74", "", List.of("A file cannot be created, read or written."))
                .item("77", "", List.of("A permission is missing."))
                .item("78", "", List.of("The configuration is wrong: starting again does not help."))
                .section("SIGNALS")
                .item("SIGTERM, SIGINT", "", List.of("Capture ends, memory is moved to disk, the probe ends."))
                .item("SIGHUP", "", List.of("With a file of settings: it is read again (run)."))
                .section("FILES")
                .item("/etc/dpi-probe/dpi-probe.env", "", List.of("Settings of the service."))
                .item("/var/lib/dpi-probe/buffer", "", List.of("Events that wait for Core."))
                .section("SEE ALSO")
                .paragraph("dpi-probe.env(5), pcap-filter(7), systemctl(1)")
                .toString();
    }

    private static void commands(Roff page, CommandSpec parent) {
        for (CommandLine command : parent.subcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            boolean isOwn = !spec.usageMessage().hidden() && !spec.name().equals("help");
            if (isOwn) {
                command(page, spec);
                commands(page, spec);
            }
        }
    }

    private static void command(Roff page, CommandSpec spec) {
        page.subsection(spec.qualifiedName(" "));
        for (String line : spec.usageMessage().description()) {
            if (!line.isBlank()) {
                page.paragraph(plain(line));
            }
        }
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            if (!operand.hidden()) {
                page.item(operand.paramLabel(), "", plain(operand.description()));
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
                page.item(names(option), value(option), plain(option.description()));
            }
        }
        List<String> examples = new ArrayList<>();
        for (String line : spec.usageMessage().footer()) {
            examples.addAll(Arrays.asList(plain(line).split("\n", -1)));
        }
        if (!examples.isEmpty()) {
            page.paragraph("Examples:").example(examples);
        }
    }

    private static String names(OptionSpec option) {
        return Arrays.stream(option.names()).collect(Collectors.joining(", "));
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : option.paramLabel();
    }

    private static List<String> plain(String[] lines) {
        return Arrays.stream(lines).map(ManualPage::plain).toList();
    }

    /** Without what picocli reads as a format. */
    private static String plain(String line) {
        return line.replace("%n", "\n").replace("%%", "%");
    }
}
