// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.soak;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Lists what this process holds.
 *
 * @param heapBytes in use once garbage is gone
 * @param directBytes of direct buffers
 * @param descriptors open files and sockets
 * @param threads that live
 * @param maps of files under a directory
 */
record Holdings(long heapBytes, long directBytes, int descriptors, int threads, int maps) {
    private static final int COLLECTIONS = 3;

    static Holdings now(Path directory) throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        return new Holdings(heap, direct, openDescriptors(), threads, mapsOf(directory));
    }

    private static int openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    private static int mapsOf(Path directory) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return (int)
                    lines.filter(line -> line.contains(directory.toString())).count();
        }
    }

    @Override
    public String toString() {
        return "heap %.1f MiB, direct %.1f MiB, %d descriptors, %d threads, %d maps"
                .formatted(heapBytes / 1048576.0, directBytes / 1048576.0, descriptors, threads, maps);
    }
}
