// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to the service manager (sd_notify(3)) through a datagram socket, which Java does not have.
 *
 * <pre>
 *   struct sockaddr_un:  0 family | 2 path, or for an abstract name: 0 and the name
 * </pre>
 *
 * <p>For one thread at a time. A message that cannot be sent is lost: the probe goes on.
 */
public final class NotifySocket implements Consumer<String>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_OFFSET = 2;
    private static final int MAX_PATH = 107;

    private final int socket;
    private final byte[] address;
    private boolean failed;

    private NotifySocket(int socket, byte[] address) {
        this.socket = socket;
        this.address = address;
    }

    /** Opens the way to the socket of this name: a path, or {@code @} and an abstract name. */
    public static NotifySocket open(String name) throws IOException {
        byte[] address = address(name);
        try {
            return new NotifySocket(LibC.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), address);
        } catch (LastErrorException e) {
            throw new IOException("NOTIFY_SOCKET " + name + ": error " + e.getErrorCode(), e);
        }
    }

    /** The address as the kernel wants it; of a path with the zero that ends it. */
    static byte[] address(String name) throws IOException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = path.length > 1 && path[0] == '@';
        if (path.length < 2 || path.length > MAX_PATH || (!isAbstract && path[0] != '/')) {
            throw new IOException("NOTIFY_SOCKET is not the name of a unix socket: " + name);
        }
        byte[] address = Arrays.copyOf(new byte[] {AF_UNIX, 0}, PATH_OFFSET + path.length + (isAbstract ? 0 : 1));
        System.arraycopy(path, 0, address, PATH_OFFSET, path.length);
        if (isAbstract) {
            address[PATH_OFFSET] = 0;
        }
        return address;
    }

    @Override
    public void accept(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            // Each time anew: the service manager may have made its socket anew.
            LibC.connect(socket, address, address.length);
            LibC.send(socket, bytes, bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
            failed = false;
        } catch (LastErrorException e) {
            if (!failed) {
                LOG.warn("notify_failed: the service manager cannot be told anything, error {}", e.getErrorCode());
            }
            failed = true;
        }
    }

    @Override
    public void close() {
        try {
            LibC.close(socket);
        } catch (LastErrorException e) {
            LOG.debug("socket of the service manager", e);
        }
    }

    /** The calls of the C library that Java does not offer. */
    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native int connect(int socket, byte[] address, int length) throws LastErrorException;

        static native long send(int socket, byte[] bytes, long length, int flags) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
