// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What two engines of the JDK say to each other: a real handshake, and a message each way. */
final class TlsHandshake {
    private static final Map<String, TlsHandshake> MADE = new ConcurrentHashMap<>();
    private static final char[] PASSWORD = "benchmark".toCharArray();

    private final List<byte[]> said = new ArrayList<>();
    private final List<Boolean> byClient = new ArrayList<>();

    private TlsHandshake(String version) throws GeneralSecurityException, IOException {
        SSLEngine client = engine(version, true);
        SSLEngine server = engine(version, false);
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        while (isShaking(client) || isShaking(server)) {
            speak(client, "", toServer);
            listen(server, toServer);
            speak(server, "", toClient);
            listen(client, toClient);
        }
        speak(client, "a question", toServer);
        speak(server, "an answer".repeat(100), toClient);
    }

    /**
     * @param version {@code TLSv1.2} or {@code TLSv1.3}
     */
    static TlsHandshake ofVersion(String version) {
        return MADE.computeIfAbsent(version, v -> {
            try {
                return new TlsHandshake(v);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK cannot speak " + v, e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void play(Frames frames) {
        for (int i = 0; i < said.size(); i++) {
            frames.send(byClient.get(i), said.get(i));
        }
    }

    private void speak(SSLEngine engine, String message, ByteBuffer wire) throws IOException {
        int before = wire.position();
        ByteBuffer plain = ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII));
        runTasks(engine);
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || plain.hasRemaining()) {
            engine.wrap(plain, wire);
            runTasks(engine);
        }
        if (wire.position() > before) {
            byte[] bytes = new byte[wire.position() - before];
            wire.get(before, bytes);
            said.add(bytes);
            byClient.add(engine.getUseClientMode());
        }
    }

    private static void listen(SSLEngine engine, ByteBuffer wire) throws IOException {
        wire.flip();
        ByteBuffer plain = ByteBuffer.allocate(1 << 16);
        while (wire.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
            engine.unwrap(wire, plain);
            runTasks(engine);
        }
        wire.compact();
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private static boolean isShaking(SSLEngine engine) {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private static SSLEngine engine(String version, boolean isClient) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), PASSWORD);
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustEverybody()}, null);
        SSLEngine engine = context.createSSLEngine("www.example.com", 443);
        engine.setUseClientMode(isClient);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        if (isClient) {
            parameters.setServerNames(List.of(new SNIHostName("www.example.com")));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** A certificate that the JDK's own tool makes: the class library cannot. */
    private static KeyStore keyStore() throws GeneralSecurityException, IOException {
        Path directory = Files.createTempDirectory("dpi-probe-bench");
        Path file = directory.resolve("keys.p12");
        try {
            Process process = keytool(file);
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(file)) {
                throw new IOException("keytool made no certificate: " + log);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return store;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static Process keytool(Path file) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -alias bench -keyalg RSA -keysize 2048 -dname CN=www.example.com,O=Example"
                + " -ext san=dns:www.example.com -storetype PKCS12";
        List<String> command = new ArrayList<>(List.of(keytool));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-storepass", new String(PASSWORD), "-keystore", file.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The two engines are in one process: there is nobody to doubt. */
    private static final class TrustEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
