// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reserves the disk blocks of a file before anything is written.
 *
 * <p>A write through a memory map to a block that the disk does not have kills the thread (SIGBUS); after this every
 * block is there.
 */
final class Allocation {
    private static final int O_RDWR = 2;
    private static final int ZEROS_BYTES = 1 << 20;

    private Allocation() {}

    /** Loads what calls into the C library, and says where it may unpack itself: before anybody else does. */
    static void prepare() {
        Libc.load();
    }

    /** Creates a file of this many bytes, all of them allocated; leaves nothing behind when it cannot. */
    static void create(Path file, long bytes) throws IOException {
        Files.createFile(file);
        try {
            if (Platform.isLinux()) {
                reserve(file, bytes);
            } else {
                writeZeros(file, bytes);
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void reserve(Path file, long bytes) throws IOException {
        int descriptor = Libc.open(file.toString(), O_RDWR);
        if (descriptor < 0) {
            throw new IOException("cannot open " + file + ": error " + Native.getLastError());
        }
        try {
            int error = Libc.posix_fallocate(descriptor, 0, bytes);
            if (error != 0) {
                throw new IOException("cannot allocate " + bytes + " bytes for " + file + ": error " + error);
            }
        } finally {
            Libc.close(descriptor);
        }
    }

    private static void writeZeros(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(ZEROS_BYTES);
            for (long at = 0; at < bytes; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(ZEROS_BYTES, bytes - at));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, at + zeros.position());
                }
            }
        }
    }

    /** The three calls of the C library that Java does not offer. */
    private static final class Libc {
        static {
            if (System.getProperty("jna.tmpdir") == null) {
                // It would unpack its library below the home directory.
                System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
            }
            Native.register(Libc.class, Platform.C_LIBRARY_NAME);
        }

        private Libc() {}

        /** Does nothing but what the first use of a class does. */
        static void load() {}

        static native int open(String path, int flags);

        static native int posix_fallocate(int descriptor, long offset, long length);

        static native int close(int descriptor);
    }
}
