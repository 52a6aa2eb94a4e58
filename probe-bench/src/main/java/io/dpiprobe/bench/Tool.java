// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A program that reads a capture file.
 *
 * @param command what starts it; the file's name stands in for {@code FILE}
 */
record Tool(String name, List<String> command) {
    /** The name under which the probe itself is measured. */
    static final String PROBE = "dpi-probe";

    /** The probe and those of its peers that are installed, {@code tcpdump} for the cost of reading. */
    static List<Tool> installed(String launcher, boolean withSlow) {
        List<Tool> tools = new ArrayList<>();
        tools.add(new Tool(PROBE, List.of(launcher, "read", "FILE", "-o", "/dev/null")));
        tools.add(new Tool("ndpiReader", List.of("ndpiReader", "-q", "-i", "FILE")));
        tools.add(new Tool("tcpdump", List.of("tcpdump", "-r", "FILE", "-w", "/dev/null")));
        if (withSlow) {
            tools.add(new Tool("tshark", List.of("tshark", "-n", "-q", "-r", "FILE")));
        }
        tools.removeIf(tool -> !tool.isInstalled());
        return tools;
    }

    List<String> on(Path file) {
        return command.stream()
                .map(word -> word.equals("FILE") ? file.toString() : word)
                .toList();
    }

    private boolean isInstalled() {
        String program = command.get(0);
        if (program.contains("/")) {
            return true;
        }
        for (String directory :
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
