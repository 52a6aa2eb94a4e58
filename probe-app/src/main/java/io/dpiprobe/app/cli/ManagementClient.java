// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.HostPort;
import io.dpiprobe.transport.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says how a running probe is reached: options that its clients have in common. */
final class ManagementClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "Where the probe is managed (default: MANAGEMENT_ADDRESS, or 127.0.0.1:9470).")
    private String address = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that the probe wants (default: MANAGEMENT_TOKEN_FILE).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Speak TLS, and trust these certificates in PEM (default: MANAGEMENT_CERT_PATH).")
    private @Nullable Path certificate;

    /** Where it is; throws {@link IllegalArgumentException} if the address is none. */
    HostPort target(Map<String, String> environment) {
        return HostPort.parse(
                address.isEmpty() ? environment.getOrDefault("MANAGEMENT_ADDRESS", "127.0.0.1:9470") : address);
    }

    HttpClient client(Map<String, String> environment) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1);
        Path trusted = file(certificate, "MANAGEMENT_CERT_PATH", environment);
        if (trusted != null) {
            try {
                builder.sslContext(PemFiles.clientContext(trusted));
            } catch (GeneralSecurityException e) {
                throw new IOException(trusted + " cannot be used: " + e.getMessage(), e);
            }
        }
        return builder.build();
    }

    HttpRequest.Builder request(String path, Map<String, String> environment) throws IOException {
        boolean tls = file(certificate, "MANAGEMENT_CERT_PATH", environment) != null;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create((tls ? "https://" : "http://") + target(environment) + path));
        Path token = file(tokenFile, "MANAGEMENT_TOKEN_FILE", environment);
        if (token != null) {
            String text = Files.readString(token, StandardCharsets.US_ASCII).strip();
            request.header("Authorization", "Bearer " + text);
        }
        return request;
    }

    private static @Nullable Path file(@Nullable Path given, String variable, Map<String, String> environment) {
        String otherwise = environment.getOrDefault(variable, "");
        return given != null || otherwise.isEmpty() ? given : Path.of(otherwise);
    }
}
