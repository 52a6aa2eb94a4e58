// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.app.demo.EventLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows events of a running probe while they are made. */
@Command(
        name = "tail",
        description = {
            "Shows events of a running probe while they are made, until Ctrl-C. If the probe goes away, it is tried again.",
            "",
            "Events that come too fast to show are left out here and counted; nothing is lost to Core by that."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe tail",
            "  dpi-probe tail --type dns,tls --host 10.0.0.8",
            "  dpi-probe tail --json --limit 100 | jq .event_type"
        })
final class TailCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final long RETRY_MS = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ManagementClient management;

    @Option(names = "--type", paramLabel = "TYPE", split = ",", description = "Only events of these types.")
    private List<String> types = List.of();

    @Option(names = "--host", paramLabel = "ADDRESS", split = ",", description = "Only events from or to these.")
    private List<String> hosts = List.of();

    @Option(names = "--json", description = "Show events as they are, one JSON object a line.")
    private boolean json;

    @Option(names = "--limit", paramLabel = "EVENTS", description = "End after so many.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS",
            defaultValue = "1000",
            description = "At most so many a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    private long shown;
    private long missed;

    @Override
    public Integer call() throws Exception {
        Map<String, String> environment = ((CommandTree) spec.root().userObject()).environment();
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1.");
        }
        HttpClient client = management.client(environment);
        boolean connected = false;
        while (shown < limit) {
            HttpRequest request = request(environment);
            try {
                read(client, request);
                connected = true;
            } catch (IOException e) {
                if (!connected && shown == 0) {
                    throw management.unanswered(e, environment);
                }
            }
            if (shown < limit) {
                note("the probe does not answer; trying again");
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        }
        return ExitCode.OK.code();
    }

    private HttpRequest request(Map<String, String> environment) throws IOException, CommandFailure {
        return management
                .request("/api/v1/events/stream?type=" + list(types) + "&host=" + list(hosts), environment)
                .header("X-Stream-Rate-Limit", String.valueOf(rate))
                .build();
    }

    /** Reads one stream to its end. */
    private void read(HttpClient client, HttpRequest request) throws Exception {
        HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() == TOO_MANY) {
                note("as many watch this probe already as may");
                return;
            }
            if (answer.statusCode() != OK) {
                throw new CommandFailure(
                        ExitCode.UNAVAILABLE, "the probe answers " + answer.statusCode() + ": " + first(lines));
            }
            Iterator<String> each = lines.iterator();
            while (shown < limit && each.hasNext()) {
                show(each.next());
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String list(List<String> words) {
        return URLEncoder.encode(String.join(",", words), StandardCharsets.UTF_8);
    }

    private static String first(Stream<String> lines) {
        return lines.findFirst().orElse("");
    }

    private void show(String line) throws JsonProcessingException {
        JsonNode event = JSON.readTree(line);
        if (event.has("event_type")) {
            shown++;
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? line : EventLine.of(event));
            out.flush();
        } else {
            long left = event.path("heartbeat").path("missed").asLong();
            if (left > missed) {
                note("left out so far: " + left + " events that came too fast");
            }
            missed = left;
        }
    }

    private void note(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("-- " + text);
        err.flush();
    }
}
