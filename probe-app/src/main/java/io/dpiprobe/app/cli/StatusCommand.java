// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running probe how it is. */
@Command(
        name = "status",
        description = "Asks a running probe how it is, at its management address.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe status",
            "  dpi-probe status --verify          exit code 1 if an event is unaccounted for",
            "  dpi-probe status --address 127.0.0.1:9471 | jq .buffer"
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ManagementClient management;

    @Option(names = "--verify", description = "Check that every event is accounted for once.")
    private boolean verify;

    @Override
    public Integer call() throws Exception {
        String text = fetch();
        PrintWriter out = spec.commandLine().getOut();
        if (!verify) {
            out.print(text);
            out.flush();
            return ExitCode.OK.code();
        }
        List<String> findings = unaccounted(new ObjectMapper().readTree(text).path("ledger"));
        out.println(findings.isEmpty() ? "the ledger balances" : String.join("\n", findings));
        out.flush();
        return (findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private String fetch() throws CommandFailure, IOException, InterruptedException {
        Map<String, String> environment = ((CommandTree) spec.root().userObject()).environment();
        HttpClient client = management.client(environment);
        HttpRequest request =
                management.request("/status", environment).timeout(TIMEOUT).build();
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw management.unanswered(e, environment);
        }
        if (response.statusCode() != OK) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    management.target(environment) + " answers " + response.statusCode() + "; " + advice(response));
        }
        return response.body();
    }

    private static String advice(HttpResponse<String> response) {
        return response.statusCode() == UNAUTHORIZED ? "it wants a token: --token-file" : "is it a probe?";
    }

    /** Recomputes the equation of each lane: accepted is the sum of where events are. */
    static List<String> unaccounted(JsonNode ledger) {
        List<String> findings = new ArrayList<>();
        for (String lane : List.of("high", "normal", "low")) {
            JsonNode node = ledger.path(lane);
            long sum = node.path("acked").asLong()
                    + node.path("in_memory").asLong()
                    + node.path("on_disk").asLong()
                    + node.path("in_flight").asLong()
                    + node.path("quarantined").asLong();
            for (JsonNode dropped : node.path("dropped")) {
                sum += dropped.asLong();
            }
            if (!node.has("accepted") || node.path("accepted").asLong() != sum) {
                findings.add(
                        "lane " + lane + ": accepted " + node.path("accepted").asLong() + ", accounted for " + sum);
            }
        }
        return findings;
    }
}
