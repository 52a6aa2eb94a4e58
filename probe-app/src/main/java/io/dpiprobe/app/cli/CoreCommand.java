// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.HostPort;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.Fault;
import io.dpiprobe.app.core.ReferenceCore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the reference Core. */
@Command(
        name = "core",
        description = {
            "Runs the reference Core: takes events, drops duplicates, appends each once to a file as NDJSON.",
            "",
            "It is for trying the probe and for testing a Core against it: --fault makes it misbehave. A fault is"
                    + " KIND[,retry-after=VALUE][:LIMIT,...]; limits are for=30s, requests=10 and at=5s. The kinds:"
                    + " a status from 300 to 599; header (takes the events and asks for less), body (takes nothing and"
                    + " says so in a 200), partial (takes half), reject (refuses the first event), overclaim, lost (takes"
                    + " them and says nothing), hang, close, stall (headers and no more), slow (a byte a second),"
                    + " endless, truncated, huge-header, garbage."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe core --listen 127.0.0.1:8080 --store events.ndjson",
            "  dpi-probe core --listen 127.0.0.1:8080 --fault 429,retry-after=5:requests=3",
            "  dpi-probe core --listen 127.0.0.1:8080 --fault 503:for=60s",
            "  dpi-probe core --queue 5000 --processed 100"
        })
final class CoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Where to listen (default: ${DEFAULT-VALUE}); port 0 is any free one.")
    private String listen = "";

    @Option(names = "--store", paramLabel = "FILE", description = "Append events here; without it, only count them.")
    private @Nullable Path store;

    @Option(names = "--fault", paramLabel = "FAULT", description = "Misbehave; may be given several times.")
    private List<String> faults = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Answer 429 above this many events a second; 0 is no limit.")
    private double rate;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Events that may wait to be processed (default: ${DEFAULT-VALUE}): above 80 percent ask for"
                    + " less, above that answer 503.")
    private int queue;

    @Option(
            names = "--processed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Events that leave the queue in a second; 0 is all at once.")
    private double processed;

    @Option(
            names = "--verify-key",
            paramLabel = "FILE",
            description = "Public key (Ed25519, PEM): refuse with 401 what is not signed with its private key, is older"
                    + " than five minutes, or was seen before.")
    private @Nullable Path verifyKey;

    @Override
    public Integer call() throws Exception {
        ReferenceCore core = ReferenceCore.open(config());
        StopSignal stop = StopSignal.install();
        int code = ExitCode.SOFTWARE.code();
        try (core) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("dpi-probe: core listens at " + core.url() + "; Ctrl-C ends it");
            err.flush();
            stop.await(() -> false);
            err.printf(
                    "dpi-probe: core took %,d requests, stored %,d events, dropped %,d duplicates%n",
                    core.requests(), core.storedEvents(), core.duplicateEvents());
            err.flush();
            code = ExitCode.OK.code();
            return code;
        } finally {
            stop.done(code);
        }
    }

    private CoreConfig config() {
        return CoreConfig.local(store)
                .withListen(address())
                .withFaults(parsedFaults())
                .withLimits(new CoreConfig.Limits(queue, processed, rate))
                .withSigner(signer());
    }

    private @Nullable PublicKey signer() {
        try {
            return verifyKey == null ? null : ReferenceCore.readSigner(verifyKey);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--verify-key: " + e.getMessage());
        }
    }

    private InetSocketAddress address() {
        try {
            return HostPort.parse(listen).address();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--listen " + e.getMessage() + ".");
        }
    }

    private List<Fault> parsedFaults() {
        List<Fault> parsed = new ArrayList<>();
        for (String fault : faults) {
            try {
                parsed.add(Fault.parse(fault));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--fault " + fault + ": " + e.getMessage());
            }
        }
        return parsed;
    }
}
