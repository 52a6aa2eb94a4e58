// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.DiskOperations;
import io.dpiprobe.buffer.disk.FileSystemOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Ends its process at once, as SIGKILL does, at a named point: before or after an operation of the disk. */
final class HaltingDisk implements DiskOperations {
    /** What SIGKILL makes of an exit status. */
    static final int EXIT_STATUS = 137;

    private final DiskOperations disk = new FileSystemOperations();
    private final Point point;

    /** Where to end. */
    enum Point {
        BEFORE_ALLOCATE,
        AFTER_ALLOCATE,
        BEFORE_FORCE,
        AFTER_FORCE,
        BEFORE_FORCE_DIRECTORY,
        AFTER_FORCE_DIRECTORY,
        BEFORE_RENAME,
        AFTER_RENAME,
        BEFORE_DELETE,
        AFTER_DELETE
    }

    HaltingDisk(Point point) {
        this.point = point;
    }

    @Override
    public void allocate(Path file, long bytes) throws IOException {
        reach(Point.BEFORE_ALLOCATE);
        disk.allocate(file, bytes);
        reach(Point.AFTER_ALLOCATE);
    }

    @Override
    public void force(FileChannel channel, Path file) throws IOException {
        reach(Point.BEFORE_FORCE);
        disk.force(channel, file);
        reach(Point.AFTER_FORCE);
    }

    @Override
    public void forceDirectory(Path dir) throws IOException {
        reach(Point.BEFORE_FORCE_DIRECTORY);
        disk.forceDirectory(dir);
        reach(Point.AFTER_FORCE_DIRECTORY);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        reach(Point.BEFORE_RENAME);
        disk.rename(from, to);
        reach(Point.AFTER_RENAME);
    }

    @Override
    public void delete(Path file) throws IOException {
        reach(Point.BEFORE_DELETE);
        disk.delete(file);
        reach(Point.AFTER_DELETE);
    }

    private void reach(Point here) {
        if (here == point) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
