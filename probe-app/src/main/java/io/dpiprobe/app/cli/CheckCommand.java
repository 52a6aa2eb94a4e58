// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.app.check.Finding;
import io.dpiprobe.app.check.Finding.Grade;
import io.dpiprobe.app.check.HostChecks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out whether the probe could run here. */
@Command(
        name = "check",
        description = {
            "Checks whether the probe can run: configuration, rights, interfaces, disk, Core, clock.",
            "",
            "One line for each: ok, warning or error, and what to do. Core is sent a batch without events; Elasticsearch"
                    + " is asked for its version and index. Ends with 0"
                    + " if there is no error, with 1 if there is one, with 78 if the configuration is not valid."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe check",
            "  dpi-probe check --core-api-url https://core.example:8443",
            "  dpi-probe check --env-file /etc/dpi-probe/dpi-probe.env --json"
        })
final class CheckCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object: result, findings.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure {
        List<Finding> findings = new ArrayList<>();
        ExitCode code;
        try {
            var config = SettingFlags.configuration(spec);
            findings.add(Finding.ok("configuration", "it is valid"));
            findings.addAll(HostChecks.run(config));
            code = worst(findings) == Grade.ERROR ? ExitCode.FAILED : ExitCode.OK;
        } catch (CommandFailure e) {
            if (!json) {
                throw e;
            }
            findings.add(Finding.error("configuration", String.valueOf(e.getMessage()), "see dpi-probe.env(5)"));
            code = e.exitCode();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? document(findings) : page(findings));
        out.flush();
        return code.code();
    }

    private static Grade worst(List<Finding> findings) {
        return findings.stream()
                .map(Finding::grade)
                .max(Comparator.naturalOrder())
                .orElse(Grade.OK);
    }

    private static String page(List<Finding> findings) {
        StringBuilder page = new StringBuilder();
        for (Finding finding : findings) {
            String remedy = finding.remedy().isEmpty() ? "" : "; " + finding.remedy();
            page.append(
                    "%-8s %s: %s%s\n".formatted(finding.grade().label(), finding.subject(), finding.text(), remedy));
        }
        return page.toString();
    }

    private static String document(List<Finding> findings) {
        ObjectNode root = JSON.createObjectNode().put("result", worst(findings).label());
        ArrayNode list = root.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("check", finding.subject())
                    .put("grade", finding.grade().label())
                    .put("text", finding.text())
                    .put("remedy", finding.remedy());
        }
        return root.toPrettyString() + "\n";
    }
}
