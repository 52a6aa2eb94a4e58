// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.transport.DryRun;
import io.dpiprobe.transport.TransportConfig;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks a Core, as the probe would, whether it would take events: by its name, by TLS, by a batch without any. */
final class CoreCheck {
    private static final String SUBJECT = "core";
    private static final String KEPT = "nothing to do for the probe: events wait in the buffer";

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final TransportConfig config;
    private final String index;
    private final URI core;
    private final List<Finding> findings = new ArrayList<>();

    CoreCheck(Configuration config, URI core) {
        this.config = config.transport();
        this.index = config.index();
        this.core = core;
    }

    List<Finding> run() {
        if (!checkName()) {
            return findings;
        }
        try {
            Answer answer = isBulk() ? DryRun.ask(config, core, "GET", "/") : DryRun.post(config, core);
            Exception failure = answer.failure();
            if (failure != null) {
                findings.add(failed(core, failure));
                return findings;
            }
            findings.add(isBulk() ? bulkVerdict(core, answer) : verdict(core, answer.status()));
            if (isBulk() && answer.status() == OK) {
                findings.add(indexVerdict(
                        index, DryRun.ask(config, core, "HEAD", "/" + index).status()));
            }
            checkClock(answer.date());
        } catch (IOException e) {
            findings.add(Finding.error(
                    SUBJECT,
                    String.valueOf(e.getMessage()),
                    "look at the files that the settings name, and who may read them"));
        }
        return findings;
    }

    private boolean checkName() {
        try {
            InetAddress address = InetAddress.getByName(core.getHost());
            findings.add(Finding.ok(SUBJECT, core.getHost() + " is " + address.getHostAddress()));
            return true;
        } catch (UnknownHostException e) {
            findings.add(Finding.error(
                    SUBJECT,
                    "the name " + core.getHost() + " is unknown",
                    "check CORE_API_URL and the DNS of this host"));
            return false;
        }
    }

    private static Finding failed(URI core, Exception failure) {
        if (failure instanceof SSLException) {
            return Finding.error(
                    SUBJECT,
                    core + " fails at TLS: " + failure.getMessage(),
                    "check CA_CERT_PATH, PROBE_CERT_PATH, PROBE_KEY_PATH, and the name in Core's certificate");
        }
        return Finding.warning(SUBJECT, core + " cannot be reached: " + failure.getMessage(), KEPT);
    }

    /** What an answer to a batch without events means (docs/core-protocol.md). */
    static Finding verdict(URI core, int status) {
        int hundreds = status / 100;
        if (hundreds == 2) {
            return Finding.ok(SUBJECT, core + " takes events of this probe");
        } else if (status == 400 || status == 422) {
            return Finding.ok(
                    SUBJECT, core + " answers, and refuses only that the batch had no events (" + status + ")");
        } else if (status == 401 || status == 403 || status == 407) {
            return Finding.error(
                    SUBJECT,
                    core + " does not let this probe in (" + status + ")",
                    "check CORE_TOKEN_FILE, PROBE_CERT_PATH and SIGNING_KEY_PATH, and whether Core knows this probe");
        } else if (status == 408 || status == 425 || status == 429 || hundreds == 5) {
            return Finding.warning(SUBJECT, core + " takes nothing at present (" + status + ")", KEPT);
        }
        return Finding.error(
                SUBJECT,
                core + " is not where a Core answers (" + status + ")",
                "check the path and scheme of CORE_API_URL");
    }

    private boolean isBulk() {
        return config.wire().format() == Format.ELASTICSEARCH;
    }

    /** A bulk request without events is refused whoever sends it, so that it is asked who it is. */
    static Finding bulkVerdict(URI core, Answer answer) {
        if (answer.status() == FORBIDDEN) {
            return Finding.warning(
                    SUBJECT,
                    core + " knows this probe, but does not say what it is (403)",
                    "see whether events arrive, or allow the role the cluster's privilege monitor");
        } else if (answer.status() != OK && answer.status() != BAD_REQUEST) {
            return verdict(core, answer.status());
        }
        JsonNode version = version(answer.body());
        return version.path("number").isTextual()
                ? Finding.ok(
                        SUBJECT,
                        core + " is " + version.path("distribution").asText("elasticsearch") + " "
                                + version.path("number").asText())
                : Finding.error(
                        SUBJECT,
                        core + " is neither Elasticsearch nor OpenSearch",
                        "check CORE_API_URL, or leave out CORE_FORMAT");
    }

    private static JsonNode version(byte @Nullable [] body) {
        try {
            return body == null
                    ? MissingNode.getInstance()
                    : new ObjectMapper().readTree(body).path("version");
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** What is answered when it is asked whether an index or data stream is there. */
    static Finding indexVerdict(String index, int status) {
        return switch (status) {
            case OK -> Finding.ok(SUBJECT, "the index " + index + " is there");
            case NOT_FOUND ->
                Finding.warning(
                        SUBJECT,
                        "the index " + index + " is not there yet; the first event makes it, if the role may",
                        "load config/backends/elasticsearch.json first, so that its fields get their types");
            case UNAUTHORIZED, FORBIDDEN ->
                Finding.warning(
                        SUBJECT,
                        "whether the index " + index + " is there is not for this probe to know (" + status + ")",
                        "see whether events arrive: the role needs create_doc and auto_configure for it");
            default -> Finding.warning(SUBJECT, "asked for the index " + index + " Core says " + status, KEPT);
        };
    }

    private void checkClock(@Nullable String date) {
        if (date == null) {
            return;
        }
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            findings.add(Clock.compare(Instant.now(), theirs));
        } catch (DateTimeException e) {
            findings.add(Finding.warning("clock", "Core's Date header is none: " + date, "tell whoever runs Core"));
        }
    }
}
