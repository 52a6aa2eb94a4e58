// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dpiprobe.app.cli.CommandRun;
import io.dpiprobe.app.demo.SampleProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, keys and passwords are told to nobody but to whom they are for. */
class SecretsTest {
    private static final List<String> ANSWERS = List.of(
            "/",
            "/health",
            "/ready",
            "/status",
            "/metrics",
            "/nowhere",
            "/api/v1/backpressure/status",
            "/api/v1/backpressure/metrics",
            "/api/v1/backpressure/circuit-breaker",
            "/api/v1/backpressure/publisher",
            "/api/v1/health/streaming",
            "/api/v1/events/stream?limit=20&colour=" + Secrets.MARK,
            "/api/v1/events/stream?limit=20");

    /** EX_SOFTWARE of sysexits.h: the command did not foresee this. */
    private static final int INTERNAL_ERROR = 70;

    /** After one of these, the next request comes half a minute later. */
    private static final Set<String> HELD = Set.of("301", "401", "403");

    @TempDir
    private Path dir;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Secrets secrets;

    @BeforeEach
    void makeSecrets() throws IOException {
        secrets = new Secrets(dir.resolve("secrets"));
    }

    private Map<String, String> settings(String core) throws Exception {
        return Map.of(
                "CORE_API_URL", core,
                "CORE_PATH", "/events?key=" + Secrets.MARK,
                "CORE_TOKEN_FILE", secrets.coreToken().toString(),
                "SIGNING_KEY_PATH", signingKey().toString(),
                "PROBE_CERT_PATH", secrets.certificate().toString(),
                "PROBE_KEY_PATH", secrets.key().toString(),
                "MANAGEMENT_TOKEN_FILE", secrets.managementToken().toString(),
                "MANAGEMENT_CERT_PATH", secrets.certificate().toString(),
                "MANAGEMENT_KEY_PATH", secrets.key().toString(),
                "PROBE_KEY_PASSPHRASE", Secrets.PASSWORD);
    }

    private Path signingKey() throws GeneralSecurityException, IOException {
        byte[] der = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String lines = Base64.getEncoder().encodeToString(der);
        return secrets.key("sign.pem", "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "400", "401", "403", "429", "503", "301", "rejected"})
    void areNotToldByARunningProbe(String answer) throws Exception {
        Path home = Files.createDirectory(dir.resolve("home"));
        try (WholeLog log = new WholeLog();
                EchoingCore core = EchoingCore.open(answer)) {
            try (SampleProbe sample = SampleProbe.start(home, settings(core.url()))) {
                int requests = HELD.contains(answer) ? 1 : 2;
                SampleProbe.await("requests", () -> core.requests() >= requests);
                assertThat(core.token()).isEqualTo("Bearer " + Secrets.CORE_TOKEN);
                assertAnswersTellNothing(sample);
                assertClientsTellNothing(sample, settings(core.url()));
                if (answer.equals("401")) {
                    rotateToBrokenFiles(log);
                }
            }
            secrets.assertNotIn("log", log.text());
        }
        secrets.assertNotInFiles(home);
    }

    private void assertAnswersTellNothing(SampleProbe sample) throws Exception {
        for (String path : ANSWERS) {
            for (String token : List.of(Secrets.MANAGEMENT_TOKEN, "wrong-" + Secrets.MARK)) {
                HttpResponse<String> answer = sample.get(path, "Authorization", "Bearer " + token);
                secrets.assertNotIn(path, answer.headers().map() + answer.body());
            }
        }
    }

    private void assertClientsTellNothing(SampleProbe sample, Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("MANAGEMENT_ADDRESS", sample.address().toString());
        CommandRun status = CommandRun.of(environment, "status");
        CommandRun tail = CommandRun.of(environment, "tail", "--limit", "3");
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(tail.code()).as(tail.err()).isZero();
        secrets.assertNotIn("status", status.text());
        secrets.assertNotIn("tail", tail.text());
        for (String token : List.of("wrong-" + Secrets.MARK, "two\nlines-" + Secrets.MARK, "\u00e9" + Secrets.MARK)) {
            environment.put(
                    "MANAGEMENT_TOKEN_FILE", secrets.write("wrong", token).toString());
            secrets.assertNotIn("status", refused(environment, "status"));
            secrets.assertNotIn("tail", refused(environment, "tail", "--limit", "3"));
        }
    }

    private static String refused(Map<String, String> environment, String... command) {
        CommandRun run = CommandRun.of(environment, command);
        assertThat(run.code()).as(run.text()).isPositive().isNotEqualTo(INTERNAL_ERROR);
        return run.text();
    }

    /** What was good at the start is not any more; the probe says so, and goes on with what it has. */
    private void rotateToBrokenFiles(WholeLog log) throws Exception {
        for (String file : List.of("core-token", "sign.pem", "key.pem")) {
            Path path = secrets.dir().resolve(file);
            String good = Files.readString(path);
            int before = log.count("credentials_unreadable");
            secrets.write(file, "three words of " + Secrets.MARK + " \u20ac");
            SampleProbe.await("trouble with " + file, () -> log.count("credentials_unreadable") > before);
            int read = log.count("credentials_read");
            secrets.write(file, good);
            SampleProbe.await("no trouble", () -> log.count("credentials_read") > read);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:" + Secrets.PASSWORD + "@core.example",
                "user:" + Secrets.PASSWORD + "@core.example",
                "https://user:pass/" + Secrets.PASSWORD + "@core.example",
                "https://user:a,b" + Secrets.PASSWORD + "@core.example,https://other.example",
                "https://core.example?token=" + Secrets.PASSWORD,
                "https://core.example#" + Secrets.PASSWORD,
                "https://user:" + Secrets.PASSWORD + "@core .example",
            })
    void inAUrlAreRefusedAndNotRepeated(String url) throws Exception {
        Path file = secrets.write("settings.env", "CORE_API_URL=" + url + "\n");
        for (String command : List.of("config", "check", "run")) {
            CommandRun run = CommandRun.of(Map.of("CORE_API_URL", url), command);
            assertThat(run.code()).isEqualTo(78);
            assertThat(run.err()).contains("CORE_API_URL");
            secrets.assertNotIn(command, run.text());
            secrets.assertNotIn(
                    command,
                    CommandRun.of(Map.of(), command, "--core-api-url", url).text());
            secrets.assertNotIn(
                    command,
                    CommandRun.of(Map.of(), command, "--env-file", file.toString())
                            .text());
        }
    }

    @Test
    void areNotToldByTheConfigurationInForce() throws Exception {
        Map<String, String> environment = new HashMap<>(settings("http://127.0.0.1:1"));
        environment.remove("CORE_PATH");
        CommandRun config = CommandRun.of(environment, "config");

        assertThat(config.code()).isZero();
        assertThat(config.out()).contains("CORE_TOKEN_FILE=" + secrets.coreToken());
        secrets.assertNotIn("config", config.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CORE_TOKEN_FILE", "SIGNING_KEY_PATH", "PROBE_KEY_PATH", "PROBE_CERT_PATH", "CA_CERT_PATH"})
    void thatAreOfNoUseAreNotRepeated(String setting) throws Exception {
        Map<String, String> environment = new HashMap<>(settings("http://127.0.0.1:1"));
        environment.put("BUFFER_DIR", dir.resolve("buffer").toString());
        for (Path file : useless()) {
            environment.put(setting, file.toString());
            CommandRun check = CommandRun.of(environment, "check", "--capture-file", "none.pcap");
            assertThat(check.out()).as(setting + "=" + file).contains("error    core");
            secrets.assertNotIn(setting + "=" + file, check.text());
            secrets.assertNotIn("exception", stackTrace(() -> SampleProbe.start(dir, environment)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANAGEMENT_TOKEN_FILE", "MANAGEMENT_KEY_PATH", "MANAGEMENT_CERT_PATH"})
    void thatManagementCannotUseAreNotRepeated(String setting) throws Exception {
        for (Path file : useless()) {
            Map<String, String> environment = new HashMap<>(settings("http://127.0.0.1:1"));
            environment.put(setting, file.toString());
            secrets.assertNotIn("exception", stackTrace(() -> SampleProbe.start(dir, environment)));
        }
    }

    /** Neither tokens nor keys nor certificates. */
    private List<Path> useless() throws Exception {
        Path exposed = secrets.write("exposed.pem", Files.readString(secrets.key()) + Secrets.PASSWORD + "  x y");
        Files.setPosixFilePermissions(exposed, PosixFilePermissions.fromString("rw-r--r--"));
        return List.of(
                exposed,
                secrets.write("words", "three words of " + Secrets.PASSWORD),
                secrets.write("foreign", "\u20ac uro " + Secrets.PASSWORD),
                secrets.write("broken.pem", pem("PRIVATE KEY", Secrets.PASSWORD + "\u0001!")),
                secrets.write("base64.pem", pem("PRIVATE KEY", Secrets.MARK + "AAAA")),
                secrets.write("rsa.pem", pem("RSA PRIVATE KEY", Secrets.MARK + "AAAA")),
                secrets.write("ec.pem", pem("EC PRIVATE KEY", Secrets.MARK + "AAAA")),
                secrets.write("certificate-broken.pem", pem("CERTIFICATE", Secrets.MARK + "AAAA")),
                secrets.write("encrypted.pem", pem("ENCRYPTED PRIVATE KEY", Secrets.PASSWORD)));
    }

    private static String pem(String label, String content) {
        return "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n";
    }

    private static String stackTrace(ThrowingCallable start) {
        StringWriter text = new StringWriter();
        Throwable failure = catchThrowable(start);
        assertThat(failure).isInstanceOf(IOException.class);
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
