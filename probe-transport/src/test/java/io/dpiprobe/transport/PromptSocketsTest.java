// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final PromptSockets sockets = new PromptSockets();

    private static void assertPrompt(Socket made) throws IOException {
        try (Socket socket = made) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    @Test
    void setsTheOptionOnEverySocket() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, HERE)) {
            int port = server.getLocalPort();
            assertPrompt(sockets.createSocket());
            assertPrompt(sockets.createSocket(HERE, port));
            assertPrompt(sockets.createSocket(HERE.getHostAddress(), port));
            assertPrompt(sockets.createSocket(HERE, port, HERE, 0));
            assertPrompt(sockets.createSocket(HERE.getHostAddress(), port, HERE, 0));
        }
    }
}
