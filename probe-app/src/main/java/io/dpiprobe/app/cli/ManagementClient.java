// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.HostPort;
import io.dpiprobe.transport.PemFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how a running probe is reached: options that its clients have in common. */
final class ManagementClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String TLS = "MANAGEMENT_CERT_PATH";
    /** What a header can hold; the client's own complaint would repeat the token. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

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

    /** Where it is. */
    HostPort target(Map<String, String> environment) {
        try {
            return HostPort.parse(
                    address.isEmpty() ? environment.getOrDefault("MANAGEMENT_ADDRESS", "127.0.0.1:9470") : address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "The address " + e.getMessage() + ".");
        }
    }

    HttpClient client(Map<String, String> environment) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1);
        Path trusted = file(certificate, TLS, environment);
        if (trusted != null) {
            try {
                builder.sslContext(PemFiles.clientContext(trusted));
            } catch (GeneralSecurityException e) {
                throw new IOException(trusted + " cannot be used: " + e.getMessage(), e);
            }
        }
        return builder.build();
    }

    HttpRequest.Builder request(String path, Map<String, String> environment) throws IOException, CommandFailure {
        boolean tls = file(certificate, TLS, environment) != null;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create((tls ? "https://" : "http://") + target(environment) + path));
        Path token = file(tokenFile, "MANAGEMENT_TOKEN_FILE", environment);
        if (token != null) {
            String text = Files.readString(token, StandardCharsets.ISO_8859_1).strip();
            if (!TOKEN.matcher(text).matches()) {
                throw new CommandFailure(ExitCode.CONFIG, token + " holds no token of visible ASCII");
            }
            request.header("Authorization", "Bearer " + text);
        }
        return request;
    }

    /** Says why a request had no answer. */
    CommandFailure unanswered(IOException why, Map<String, String> environment) {
        HostPort target = target(environment);
        if (why instanceof SSLException) {
            return new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    target + " fails at TLS: " + why.getMessage()
                            + "; does it speak TLS, and with a certificate of --tls-cert?");
        }
        boolean closed = !(why instanceof ConnectException) && file(certificate, TLS, environment) == null;
        return new CommandFailure(
                ExitCode.UNAVAILABLE,
                "no probe answers at " + target + "; is it running, and is this its MANAGEMENT_ADDRESS?"
                        + (closed ? " If it speaks TLS, name its certificate with --tls-cert." : ""));
    }

    private static @Nullable Path file(@Nullable Path given, String variable, Map<String, String> environment) {
        String otherwise = environment.getOrDefault(variable, "");
        return given != null || otherwise.isEmpty() ? given : Path.of(otherwise);
    }
}
