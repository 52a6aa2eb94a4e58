// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Does it on the file system. */
public final class FileSystemOperations implements DiskOperations {
    @Override
    public void allocate(Path file, long bytes) throws IOException {
        Allocation.create(file, bytes);
    }

    @Override
    public void force(FileChannel channel, Path file) throws IOException {
        channel.force(false);
    }

    @Override
    public void forceDirectory(Path dir) throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
