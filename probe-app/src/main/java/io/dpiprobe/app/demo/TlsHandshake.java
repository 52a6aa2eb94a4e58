// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** Lets a TLS client and a server of the JDK talk in memory, and adds what they say to a TCP conversation. */
final class TlsHandshake {
    private static final int PACKET_BYTES = 65_536;
    private static final int MOST_TURNS = 50;
    private static final char[] NO_PASSWORD = {};

    /** Enough to resume one; by itself Java remembers 20,480 on each side, of which the demo makes a few a second. */
    private static final int MOST_SESSIONS = 4;

    private final SSLContext context;
    private final String host;

    private TlsHandshake(SSLContext context, String host) {
        this.context = context;
        this.host = host;
    }

    /** Makes the server's key and certificate. */
    static TlsHandshake forHost(String host) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = SelfSignedCertificate.of(host, keys);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(store, NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            store.setCertificateEntry("trusted", certificate);
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            context.getClientSessionContext().setSessionCacheSize(MOST_SESSIONS);
            context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
            return new TlsHandshake(context, host);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java cannot make a TLS server: " + e.getMessage(), e);
        }
    }

    /** @param version {@code TLSv1.2} or {@code TLSv1.3} */
    void play(TcpConversation tcp, String version) throws IOException {
        SSLEngine client = engine(true, version);
        SSLEngine server = engine(false, version);
        ByteBuffer toClient = ByteBuffer.allocate(PACKET_BYTES);
        ByteBuffer toServer = ByteBuffer.allocate(PACKET_BYTES);
        for (int turn = 0; turn < MOST_TURNS && (isHandshaking(client) || isHandshaking(server)); turn++) {
            if (turn % 2 == 0) {
                unwrapAll(client, toClient);
                byte[] said = wrapAll(client);
                tcp.client(said);
                toServer.put(said);
            } else {
                unwrapAll(server, toServer);
                byte[] said = wrapAll(server);
                tcp.server(said);
                toClient.put(said);
            }
        }
    }

    private SSLEngine engine(boolean isClient, String version) {
        SSLEngine engine = context.createSSLEngine(host, 443);
        engine.setUseClientMode(isClient);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (isClient) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static boolean isHandshaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.FINISHED
                && (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                        || engine.getSession().getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL"));
    }

    private static byte[] wrapAll(SSLEngine engine) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(PACKET_BYTES);
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && isHandshaking(engine)) {
            engine.beginHandshake();
        }
        runTasks(engine);
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
            runTasks(engine);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Stops where the engine wants to speak first; the rest is kept for its next turn. */
    private static void unwrapAll(SSLEngine engine, ByteBuffer heard) throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(PACKET_BYTES);
        heard.flip();
        boolean understood = true;
        while (heard.hasRemaining() && understood) {
            understood = engine.unwrap(heard, ignored).bytesConsumed() > 0;
            runTasks(engine);
        }
        heard.compact();
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
