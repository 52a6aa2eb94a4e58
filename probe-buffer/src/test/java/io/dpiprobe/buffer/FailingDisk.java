// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.DiskOperations;
import io.dpiprobe.buffer.disk.FileSystemOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** Refuses operations as a broken or full disk does: at random, or all of a kind. */
final class FailingDisk implements DiskOperations {
    private final DiskOperations real = new FileSystemOperations();
    private final Random random;
    private final Set<Operation> refused = EnumSet.noneOf(Operation.class);
    private double probability = 1;
    private int failures;

    /** What can be refused. */
    enum Operation {
        ALLOCATE,
        FORCE,
        FORCE_DIRECTORY,
        RENAME,
        DELETE
    }

    FailingDisk(Random random) {
        this.random = random;
    }

    /** From now on, refuses these operations, each time with this probability. */
    void refuse(Set<Operation> operations, double withProbability) {
        refused.clear();
        refused.addAll(operations);
        probability = withProbability;
    }

    /** Operations refused so far. */
    int failures() {
        return failures;
    }

    private void maybe(Operation operation) throws IOException {
        if (refused.contains(operation) && random.nextDouble() < probability) {
            failures++;
            throw new IOException("Input/output error, made by the test in " + operation);
        }
    }

    @Override
    public void allocate(Path file, long bytes) throws IOException {
        maybe(Operation.ALLOCATE);
        real.allocate(file, bytes);
    }

    @Override
    public void force(FileChannel channel, Path file) throws IOException {
        maybe(Operation.FORCE);
        real.force(channel, file);
    }

    @Override
    public void forceDirectory(Path dir) throws IOException {
        maybe(Operation.FORCE_DIRECTORY);
        real.forceDirectory(dir);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        maybe(Operation.RENAME);
        real.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        maybe(Operation.DELETE);
        real.delete(file);
    }
}
