// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.cli.CommandRun;
import io.dpiprobe.app.demo.SampleProbe;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Management with MANAGEMENT_CERT_PATH and MANAGEMENT_KEY_PATH. */
class ManagementTlsTest {
    private static final int UNAVAILABLE = 69;

    @TempDir
    private Path dir;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Map<String, String> settings;

    @BeforeEach
    void certify() throws IOException {
        HeldCertificate own = certificate();
        Path key = Files.writeString(dir.resolve("key.pem"), own.privateKeyPkcs8Pem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path certificate = Files.writeString(dir.resolve("certificate.pem"), own.certificatePem());
        settings = Map.of("MANAGEMENT_CERT_PATH", certificate.toString(), "MANAGEMENT_KEY_PATH", key.toString());
    }

    private static HeldCertificate certificate() {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/metrics", "/status", "/health", "/api/v1/backpressure/status", "/api/v1/health/streaming"
            })
    void servesAllOverTls(String path) throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, settings)) {
            assertThat(sample.url()).startsWith("https://");
            assertThat(sample.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void statusAndTailAreItsClients() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, settings)) {
            String address = sample.address().toString();
            String trusted = dir.resolve("certificate.pem").toString();

            assertThat(CommandRun.of(Map.of(), "status", "--verify", "--address", address, "--tls-cert", trusted))
                    .extracting(CommandRun::code, CommandRun::out)
                    .containsExactly(0, "the ledger balances\n");
            assertThat(CommandRun.of(
                                    Map.of("MANAGEMENT_ADDRESS", address, "MANAGEMENT_CERT_PATH", trusted),
                                    "tail",
                                    "--json",
                                    "--limit",
                                    "3")
                            .out())
                    .hasLineCount(3);
        }
    }

    @Test
    void clientsBelieveNoOtherCertificate() throws Exception {
        Path other = Files.writeString(dir.resolve("other.pem"), certificate().certificatePem());
        try (SampleProbe sample = SampleProbe.start(dir, settings)) {
            for (String command : List.of("status", "tail")) {
                CommandRun run = CommandRun.of(
                        Map.of(), command, "--address", sample.address().toString(), "--tls-cert", other.toString());
                assertThat(run.code()).isEqualTo(UNAVAILABLE);
                assertThat(run.err()).contains("fails at TLS", "--tls-cert");
            }
        }
    }

    @Test
    void refusesPlainHttp() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, settings)) {
            try (Socket socket = connect(sample, "GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("HTTP/1.1");
            }
            CommandRun run = CommandRun.of(
                    Map.of(), "status", "--address", sample.address().toString());
            assertThat(run.code()).isEqualTo(UNAVAILABLE);
            assertThat(run.err()).contains("If it speaks TLS, name its certificate with --tls-cert");
        }
    }

    @Test
    void livesThroughHandshakesThatNeverEnd() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (SampleProbe sample = SampleProbe.start(dir, settings)) {
            for (int i = 0; i < 12; i++) {
                // A TLS record of a handshake, cut off behind its header (RFC 8446, 5.1).
                sockets.add(connect(sample, "\u0016\u0003\u0001\u0001\u0000"));
            }
            assertThat(sample.get("/health").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket connect(SampleProbe sample, String bytes) throws IOException {
        Socket socket = new Socket(sample.address().host(), sample.address().port());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
