// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys in PEM (RFC 7468). */
final class PemFiles {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    /** The kinds that certificates have; the key itself says which it is only to the one that knows it. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    /** Protects a key store that never leaves memory. */
    private static final char[] NO_PASSWORD = new char[0];

    private PemFiles() {}

    static Credentials.Tls tls(TransportConfig.Security files) throws IOException, GeneralSecurityException {
        X509TrustManager trust = trust(files.authorities());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(files.certificate(), files.key()), new TrustManager[] {trust}, null);
        return new Credentials.Tls(context, trust);
    }

    private static X509TrustManager trust(@Nullable Path authorities) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities == null ? null : store(certificates(authorities)));
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore store(Collection<? extends Certificate> trusted)
            throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        }
    }

    private static KeyManager @Nullable [] keys(@Nullable Path certificate, @Nullable Path key)
            throws IOException, GeneralSecurityException {
        if (certificate == null) {
            return null;
        }
        if (key == null) {
            throw new IOException("a certificate without a key: " + certificate);
        }
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "probe", privateKey(key), NO_PASSWORD, certificates(certificate).toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " holds no private key in PKCS#8 (BEGIN PRIVATE KEY)");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not Base64 inside", e);
        }
        KeySpec spec = new PKCS8EncodedKeySpec(der);
        for (String algorithm : ALGORITHMS) {
            PrivateKey key = keyOf(algorithm, spec);
            if (key != null) {
                return key;
            }
        }
        throw new IOException(file + " holds a key that is none of " + ALGORITHMS);
    }

    private static @Nullable PrivateKey keyOf(String algorithm, KeySpec spec) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return null; // of another kind
        }
    }
}
