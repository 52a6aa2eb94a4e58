// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.DpiProbe;
import io.dpiprobe.app.demo.SampleProbe;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.PcapBytes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many may connect at once; in a process of its own, because the server reads its limit once in each. */
class ConnectionLimitTest {
    private static final int LIMIT = 64;
    private static final int ABOVE = 20;
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path dir;

    @Test
    void closesConnectionsBeyondTheLimitAndServesAgainWhenSomeHaveGone() throws Exception {
        int port = freePort();
        Process probe = start(port);
        List<Socket> waiting = new ArrayList<>();
        try {
            SampleProbe.await("the probe answers", () -> ask(port, HEALTH).contains("200 OK"));
            for (int i = 0; i < LIMIT; i++) {
                waiting.add(connect(port, "GET /sta"));
            }
            for (int i = 0; i < ABOVE; i++) {
                assertThat(ask(port, HEALTH)).as("beyond the limit").isEmpty();
            }
            for (Socket socket : waiting) {
                socket.close();
            }
            SampleProbe.await("room again", () -> ask(port, HEALTH).contains("200 OK"));
        } finally {
            probe.destroy();
            probe.waitFor(60, TimeUnit.SECONDS);
            probe.destroyForcibly();
        }
    }

    private Process start(int port) throws IOException {
        PcapBytes packets = new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, LinkType.ETHERNET);
        packets.packet(1_600_000_000, 0, new byte[60]).packet(1_600_003_600, 0, new byte[60]);
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-native"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DpiProbe.class.getName(), "run"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "CAPTURE_FILE",
                        Files.write(dir.resolve("hour.pcap"), packets.bytes()).toString(),
                        "CORE_API_URL",
                        "http://127.0.0.1:1",
                        "BUFFER_DIR",
                        dir.resolve("buffer").toString(),
                        "MAX_BUFFER_SIZE_MB",
                        "8",
                        "MANAGEMENT_ADDRESS",
                        "127.0.0.1:" + port));
        return builder.start();
    }

    private static Socket connect(int port, String bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** All that is answered; nothing if the connection is closed or reset. */
    private static String ask(int port, String request) {
        try (Socket socket = connect(port, request)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "";
        } catch (IOException e) {
            throw new AssertionError("neither answered nor closed", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
