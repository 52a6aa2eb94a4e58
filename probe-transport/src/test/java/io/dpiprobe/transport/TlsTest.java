// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.Classifier;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import io.dpiprobe.transport.wire.Outcome;
import io.dpiprobe.transport.wire.Outcome.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is who on real TLS connections. */
class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("authority")
            .build();

    @TempDir
    Path dir;

    private final MockWebServer core = new MockWebServer();

    @AfterEach
    void close() {
        core.close();
    }

    private static HeldCertificate.Builder ofCore() {
        return new HeldCertificate.Builder().commonName("core").signedBy(AUTHORITY);
    }

    @BeforeEach
    void listen() throws IOException {
        core.requestClientAuth();
        core.start(InetAddress.getLoopbackAddress(), 0);
    }

    private void listen(HeldCertificate certificate) {
        HandshakeCertificates handshake = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
        core.useHttps(handshake.sslSocketFactory());
        core.enqueue(new MockResponse.Builder().code(200).build());
        core.enqueue(new MockResponse.Builder().code(200).build());
    }

    private Path file(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private TransportConfig.Security trusting() throws IOException {
        return new TransportConfig.Security(null, null, null, file("ca.pem", AUTHORITY.certificatePem()), null);
    }

    private CoreClient client(TransportConfig.Security security) throws IOException {
        TransportConfig d = TransportConfig.defaults("p1", List.of(URI.create("https://core")), dir);
        TransportConfig config = new TransportConfig(
                "p1",
                d.urls(),
                d.wire(),
                d.gate(),
                d.maxInFlight(),
                d.batchMaxBytes(),
                PATIENCE,
                PATIENCE,
                security,
                dir,
                d.quarantineMaxBytes());
        return new CoreClient(config, Credentials.read(security));
    }

    private Outcome ask(CoreClient client) throws Exception {
        Body body = new Body(new byte[] {'{', '}', '\n'}, ContentCoding.NONE, "", 1, 1, 1);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Headers head = Headers.of("Idempotency-Key", "key", "Content-Digest", "sha-256=:digest:");
        client.send(core.url("/v1/events"), head, body, answer::complete);
        return Classifier.classify(answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS), Format.NDJSON);
    }

    private Outcome ask(TransportConfig.Security security) throws Exception {
        try (CoreClient client = client(security)) {
            return ask(client);
        }
    }

    @Test
    void believesACoreOfItsAuthority() throws Exception {
        listen(ofCore().addSubjectAlternativeName(core.url("/").host()).build());
        assertThat(ask(trusting()).kind()).isEqualTo(Kind.DELIVERED);
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        long nowMs = System.currentTimeMillis();
        listen(ofCore().addSubjectAlternativeName(core.url("/").host())
                .validityInterval(nowMs - 100_000, nowMs - 1000)
                .build());
        assertRefused();
    }

    @Test
    void refusesTheCertificateOfAnotherHost() throws Exception {
        listen(ofCore().addSubjectAlternativeName("core.example").build());
        assertRefused();
    }

    @Test
    void refusesACertificateThatVouchesForItself() throws Exception {
        listen(new HeldCertificate.Builder()
                .addSubjectAlternativeName(core.url("/").host())
                .build());
        assertRefused();
    }

    private void assertRefused() throws Exception {
        Outcome outcome = ask(trusting());
        assertThat(outcome.kind()).isEqualTo(Kind.MISCONFIGURED);
        assertThat(outcome.cause()).isEqualTo("certificate");
        assertThat(core.getRequestCount()).isZero();
    }

    private TransportConfig.Security showing(HeldCertificate certificate, String key) throws IOException {
        return new TransportConfig.Security(
                null,
                file("cert.pem", certificate.certificatePem()),
                file("key.pem", key),
                file("ca.pem", AUTHORITY.certificatePem()),
                null);
    }

    private RecordedRequest taken() throws InterruptedException {
        return Objects.requireNonNull(core.takeRequest(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private static String shownTo(RecordedRequest request) {
        return String.valueOf(Objects.requireNonNull(request.getHandshake()).peerPrincipal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PKCS#8", "RSA PKCS#1", "EC PKCS#8"})
    void showsItsCertificate(String form) throws Exception {
        listen(ofCore().addSubjectAlternativeName(core.url("/").host()).build());
        HeldCertificate.Builder builder =
                new HeldCertificate.Builder().commonName("probe").signedBy(AUTHORITY);
        HeldCertificate own = (form.startsWith("RSA") ? builder.rsa2048() : builder.ecdsa256()).build();
        String key = form.equals("RSA PKCS#1") ? own.privateKeyPkcs1Pem() : own.privateKeyPkcs8Pem();
        assertThat(ask(showing(own, key)).kind()).isEqualTo(Kind.DELIVERED);
        assertThat(shownTo(taken())).isEqualTo("CN=probe");
    }

    @Test
    void showsTheNewCertificateOnceTheFilesChanged() throws Exception {
        listen(ofCore().addSubjectAlternativeName(core.url("/").host()).build());
        HeldCertificate first = new HeldCertificate.Builder()
                .commonName("first")
                .signedBy(AUTHORITY)
                .build();
        HeldCertificate second = new HeldCertificate.Builder()
                .commonName("second")
                .signedBy(AUTHORITY)
                .build();
        try (CoreClient client = client(showing(first, first.privateKeyPkcs8Pem()))) {
            assertThat(ask(client)).extracting(Outcome::kind).isEqualTo(Kind.DELIVERED);
            assertThat(client.refreshCredentials()).isFalse();
            showing(second, second.privateKeyPkcs8Pem());
            Files.setLastModifiedTime(dir.resolve("key.pem"), FileTime.fromMillis(1));
            assertThat(client.refreshCredentials()).isTrue();
            assertThat(ask(client)).extracting(Outcome::kind).isEqualTo(Kind.DELIVERED);
        }
        assertThat(shownTo(taken())).isEqualTo("CN=first");
        assertThat(shownTo(taken())).isEqualTo("CN=second");
    }

    @Test
    void warnsOnceFourteenDaysBeforeItsCertificateEnds() throws Exception {
        long nowMs = System.currentTimeMillis();
        long endMs = nowMs + TimeUnit.DAYS.toMillis(30);
        HeldCertificate own = new HeldCertificate.Builder()
                .validityInterval(nowMs - 1000, endMs)
                .build();
        Credentials credentials = Credentials.read(showing(own, own.privateKeyPkcs8Pem()));
        assertThat(credentials.expiresMs()).isEqualTo(endMs / 1000 * 1000);
        assertThat(credentials.warnOfExpiry(endMs - TimeUnit.DAYS.toMillis(15))).isFalse();
        assertThat(credentials.warnOfExpiry(endMs - TimeUnit.DAYS.toMillis(13))).isTrue();
        assertThat(credentials.warnOfExpiry(endMs)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-"})
    void refusesAKeyThatOthersCanReadOrChange(String permissions) throws IOException {
        HeldCertificate own = new HeldCertificate.Builder().build();
        TransportConfig.Security security = showing(own, own.privateKeyPkcs8Pem());
        Files.setPosixFilePermissions(dir.resolve("key.pem"), PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> Credentials.read(security))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.pem");
    }

    @Test
    void signsEachBatchAnew() throws Exception {
        listen(ofCore().addSubjectAlternativeName(core.url("/").host()).build());
        KeyFiles.Ed25519 key = KeyFiles.ed25519();
        TransportConfig.Security security = new TransportConfig.Security(
                null, null, null, file("ca.pem", AUTHORITY.certificatePem()), file("sign.pem", key.privatePem()));
        try (CoreClient client = client(security)) {
            ask(client);
            ask(client);
        }
        Headers first = taken().getHeaders();
        Headers second = taken().getHeaders();
        assertThat(isSigned(first, key)).isTrue();
        assertThat(isSigned(second, key)).isTrue();
        assertThat(first.get("X-Signature-Nonce")).isNotEqualTo(second.get("X-Signature-Nonce"));
    }

    private static boolean isSigned(Headers headers, KeyFiles.Ed25519 key) throws GeneralSecurityException {
        String text = String.format(
                Locale.ROOT,
                "key\nsha-256=:digest:\n%s\n%s",
                headers.get("X-Signature-Timestamp"),
                headers.get("X-Signature-Nonce"));
        String header = String.valueOf(headers.get("X-Signature"));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key.publicKey());
        verifier.update(text.getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getDecoder().decode(header.substring("ed25519=:".length(), header.length() - 1)));
    }
}
