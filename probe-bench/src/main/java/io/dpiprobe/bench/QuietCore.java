// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Takes every batch and allocates nothing for it, so that what a benchmark sees is the probe's.
 *
 * <p>A thread for each connection. A request has a Content-Length, as the probe's have, and the next one comes after the
 * answer.
 */
final class QuietCore implements Closeable {
    private static final int LONGEST_REQUEST = 1 << 20;
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] ANSWER = ascii("HTTP/1.1 204 No Content\r\n\r\n");

    private final ServerSocket listener;

    private QuietCore(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens at a free port of the loopback interface. */
    static QuietCore open() throws IOException {
        QuietCore core = new QuietCore(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        start(core::accept);
        return core;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() throws IOException {
        while (true) {
            Socket connection = listener.accept();
            connection.setTcpNoDelay(true);
            start(() -> serve(connection));
        }
    }

    private static void serve(Socket connection) throws IOException {
        byte[] request = new byte[LONGEST_REQUEST];
        try (connection) {
            InputStream in = connection.getInputStream();
            while (true) {
                readRequest(in, request);
                connection.getOutputStream().write(ANSWER);
            }
        }
    }

    private static void readRequest(InputStream in, byte[] request) throws IOException {
        int length = 0;
        int total = request.length;
        while (length < total) {
            int read = in.read(request, length, total - length);
            if (read < 0) {
                throw new EOFException("the probe is done");
            }
            length += read;
            int headEnd = indexOf(HEAD_END, request, length);
            if (headEnd >= 0) {
                total = headEnd + HEAD_END.length + contentLength(request, headEnd);
            }
        }
    }

    private static int contentLength(byte[] request, int headEnd) {
        int value = 0;
        for (int i = indexOf(CONTENT_LENGTH, request, headEnd) + CONTENT_LENGTH.length; request[i] >= '0'; i++) {
            value = 10 * value + request[i] - '0';
        }
        return value;
    }

    private static int indexOf(byte[] wanted, byte[] bytes, int end) {
        for (int at = 0; at + wanted.length <= end; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Work that ends when its socket does. */
    private interface Serving {
        void run() throws IOException;
    }

    private static void start(Serving serving) {
        Thread thread = new Thread(
                () -> {
                    try {
                        serving.run();
                    } catch (SocketException | EOFException e) {
                        // closed
                    } catch (IOException e) {
                        throw new UncheckedIOException("Core of the benchmark failed: " + e.getMessage(), e);
                    }
                },
                "core");
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
