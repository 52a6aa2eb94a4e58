// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes what TLS needs of certificates and keys in PEM (RFC 7468). */
public final class PemFiles {
    /** Protects a key store that never leaves memory. */
    private static final char[] NO_PASSWORD = new char[0];

    private PemFiles() {}

    static Credentials.Tls tls(TransportConfig.Security files) throws IOException, GeneralSecurityException {
        X509TrustManager trust = trust(files.authorities());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(files.certificate(), files.key()), new TrustManager[] {trust}, null);
        return new Credentials.Tls(context, trust);
    }

    /** What a server needs that shows this certificate. */
    public static SSLContext serverContext(Path certificate, Path key) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(certificate, key), null, null);
        return context;
    }

    /** What a client needs that trusts these certificates and no others. */
    public static SSLContext clientContext(Path trusted) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust(trusted)}, null);
        return context;
    }

    /** When the first certificate of a file ends, in milliseconds since 1970. */
    static long expiryMs(Path file) throws IOException {
        X509Certificate own = (X509Certificate) certificates(file).iterator().next();
        return own.getNotAfter().toInstant().toEpochMilli();
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

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        } catch (CertificateException e) {
            // What Java says about it repeats parts of the file, which may be a key.
            throw new IOException(file + " holds something that is no certificate in PEM");
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
                "probe",
                PrivateKeyFile.read(key),
                NO_PASSWORD,
                certificates(certificate).toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }
}
