// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks HTTP by hand: the first requests meet a fault, those after it are taken. */
final class SocketCore implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket server;
    private final Script fault;
    private final AtomicInteger faultsLeft;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What a faulty Core does on a connection that has begun. */
    interface Script {
        void run(Connection connection) throws IOException, InterruptedException;
    }

    /** One connection to Core, seen from Core. */
    static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final CountDownLatch closed;

        Connection(Socket socket, CountDownLatch closed) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.closed = closed;
        }

        /** Reads one request; false if the other side has closed. */
        boolean readRequest() throws IOException {
            int length = 0;
            boolean any = false;
            for (String line = line(); !line.isEmpty(); line = line()) {
                any = true;
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(
                            lower.substring("content-length:".length()).trim());
                }
            }
            in.skipNBytes(length);
            return any;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            return line.toString().trim();
        }

        void read(int bytes) throws IOException {
            in.skipNBytes(bytes);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** Does nothing until the test is over. */
        void hang() throws InterruptedException {
            closed.await();
        }

        /** Drops the connection with a reset instead of an end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        void close() throws IOException {
            socket.close();
        }

        /** Whether the test is over after this time. */
        boolean isOverAfter(long ms) throws InterruptedException {
            return closed.await(ms, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }

    private SocketCore(ServerSocket server, Script fault, int faults) {
        this.server = server;
        this.fault = fault;
        this.faultsLeft = new AtomicInteger(faults);
    }

    /** Listens on an address of this machine; the first connections or requests meet the fault. */
    static SocketCore open(InetAddress address, int port, Script fault, int faults) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(address, port));
        SocketCore core = new SocketCore(server, fault, faults);
        start(core::accept);
        return core;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "socket-core");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            closed.countDown(); // the server socket was closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket, closed);
            while (true) {
                if (faultsLeft.getAndDecrement() > 0) {
                    fault.run(connection);
                    return;
                }
                if (!connection.readRequest()) {
                    return;
                }
                requests.incrementAndGet();
                connection.write(OK);
            }
        } catch (IOException e) {
            sockets.remove(socket); // the other side has had enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Requests that were taken. */
    int taken() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
