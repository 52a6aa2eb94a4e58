// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Receives what a service says, as the service manager would: a real datagram socket. */
public final class ServiceSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MOST = 4096;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    private final int socket;

    private ServiceSocket(int socket) {
        this.socket = socket;
    }

    public static ServiceSocket bind(String name) throws IOException {
        byte[] address = NotifySocket.address(name);
        int socket = LibC.socket(AF_UNIX, SOCK_DGRAM, 0);
        LibC.bind(socket, address, address.length);
        return new ServiceSocket(socket);
    }

    /** The next message; an empty text if none comes in time. */
    public String receive(long timeoutMs) {
        long[] time = {timeoutMs / 1000, timeoutMs % 1000 * 1000};
        LibC.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, time, 2 * Long.BYTES);
        byte[] bytes = new byte[MOST];
        try {
            long length = LibC.recv(socket, bytes, MOST, 0);
            return new String(bytes, 0, (int) length, StandardCharsets.UTF_8);
        } catch (LastErrorException e) {
            return "";
        }
    }

    /** Everything that comes up to the first message that is wanted, which is the last of them. */
    public List<String> receiveUntil(Predicate<String> wanted) {
        long giveUpNs = System.nanoTime() + DEADLINE_NS;
        List<String> messages = new ArrayList<>();
        while (System.nanoTime() - giveUpNs < 0) {
            String message = receive(200);
            if (!message.isEmpty()) {
                messages.add(message);
            }
            if (wanted.test(message)) {
                return messages;
            }
        }
        throw new AssertionError("not received, only " + messages);
    }

    @Override
    public void close() {
        LibC.close(socket);
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native int bind(int socket, byte[] address, int length) throws LastErrorException;

        static native int setsockopt(int socket, int level, int option, long[] value, int length)
                throws LastErrorException;

        static native long recv(int socket, byte[] bytes, long length, int flags) throws LastErrorException;

        static native int close(int socket) throws LastErrorException;
    }
}
