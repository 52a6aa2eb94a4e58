// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds what proves who the probe is, and whom it believes, as last read from files. */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    /** Stands for "no certificate". */
    static final long NEVER = 0;

    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    /** Such as "Basic dXNlcjpwYXNz" or "ApiKey a2V5" (RFC 9110, 11.4). */
    private static final Pattern TOKEN_WITH_SCHEME = Pattern.compile("[A-Za-z]+ [!-~]+");

    /** So long before its end a certificate is warned about. */
    static final Duration EXPIRY_NOTICE = Duration.ofDays(14);

    private final TransportConfig.Security files;
    private List<FileTime> times = List.of();
    private volatile @Nullable String token;
    private volatile @Nullable Tls tls;
    private volatile @Nullable Signer signer;
    private volatile long expiresMs = NEVER;
    private boolean expiryLogged;

    /** What a connection is secured with. */
    record Tls(SSLContext context, X509TrustManager trust) {}

    private Credentials(TransportConfig.Security files) {
        this.files = files;
    }

    /** Reads all files; a file that is missing or broken ends the start. */
    static Credentials read(TransportConfig.Security files) throws IOException {
        Credentials credentials = new Credentials(files);
        try {
            credentials.times = credentials.currentTimes();
            credentials.readAll();
        } catch (GeneralSecurityException e) {
            throw new IOException("credentials cannot be used: " + e.getMessage(), e);
        }
        return credentials;
    }

    private void readAll() throws IOException, GeneralSecurityException {
        Path tokenFile = files.tokenFile();
        Path certificate = files.certificate();
        Path signingKey = files.signingKey();
        boolean ownTls = certificate != null || files.authorities() != null;
        String newToken = tokenFile == null ? null : readToken(tokenFile);
        Signer newSigner = signingKey == null ? null : readSigner(signingKey);
        Tls newTls = ownTls ? PemFiles.tls(files) : null;
        expiresMs = certificate == null ? NEVER : PemFiles.expiryMs(certificate);
        expiryLogged = false;
        tls = newTls;
        signer = newSigner;
        token = newToken;
    }

    private static Signer readSigner(Path file) throws IOException, GeneralSecurityException {
        PrivateKey key = PrivateKeyFile.read(file);
        if (!(key instanceof EdECPrivateKey)) {
            throw new IOException(file + " holds a key that is not Ed25519, which signatures need");
        }
        return new Signer(key);
    }

    private static String readToken(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (TOKEN.matcher(text).matches()) {
            return "Bearer " + text;
        }
        if (!TOKEN_WITH_SCHEME.matcher(text).matches()) {
            throw new IOException(file + " holds no token of visible ASCII");
        }
        return text;
    }

    private List<FileTime> currentTimes() throws IOException {
        List<FileTime> found = new ArrayList<>();
        for (Path file : Stream.of(
                        files.tokenFile(), files.certificate(), files.key(), files.authorities(), files.signingKey())
                .filter(path -> path != null)
                .toList()) {
            found.add(Files.getLastModifiedTime(file));
        }
        return found;
    }

    /** Reads the files again if one changed; what cannot be read leaves the old in use. */
    boolean refresh() {
        try {
            List<FileTime> now = currentTimes();
            if (now.equals(times)) {
                return false;
            }
            times = now;
            readAll();
            LOG.info("credentials_read: the files with credentials changed and were read again");
            return true;
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("credentials_unreadable: the old ones stay in use: {}", e.getMessage());
            return false;
        }
    }

    /** The value of the header Authorization. */
    @Nullable
    String token() {
        return token;
    }

    @Nullable
    Tls tls() {
        return tls;
    }

    @Nullable
    Signer signer() {
        return signer;
    }

    /** When the probe's certificate ends, in milliseconds since 1970; {@link #NEVER} if it has none. */
    long expiresMs() {
        return expiresMs;
    }

    /** Says so once when the end of the certificate is near; returns whether it did. */
    boolean warnOfExpiry(long wallMs) {
        long leftMs = expiresMs - wallMs;
        if (expiresMs == NEVER || expiryLogged || leftMs > EXPIRY_NOTICE.toMillis()) {
            return false;
        }
        expiryLogged = true;
        LOG.warn("certificate_expires: {} is valid until {}", files.certificate(), Instant.ofEpochMilli(expiresMs));
        return true;
    }
}
