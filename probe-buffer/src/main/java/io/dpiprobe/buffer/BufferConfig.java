// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says how large the buffer is, where it lives and how it behaves.
 *
 * @param epoch the run of the probe that makes the events: 8 hex digits
 * @param workers number of capture workers, 1 or more
 * @param memoryBytes off-heap memory in all, at least 8 MiB
 * @param spillThresholdBytes sealed memory above which the oldest segments move to disk
 * @param fullPolicy what happens when memory is full
 * @param linger how long an event waits for its segment to fill
 * @param maxInFlight batches that may be polled and not yet settled
 * @param dir the disk buffer's own directory
 * @param diskBytes allocated disk blocks in all
 * @param durability which events go through the disk
 * @param syncInterval longest time until written blocks are forced to disk
 * @param runtimeDir a directory on a file system in memory that outlives the process, for what the next run must know if
 *     this one is killed; null if there is none
 */
public record BufferConfig(
        String epoch,
        int workers,
        long memoryBytes,
        long spillThresholdBytes,
        FullPolicy fullPolicy,
        Duration linger,
        int maxInFlight,
        Path dir,
        long diskBytes,
        Durability durability,
        Duration syncInterval,
        @Nullable Path runtimeDir) {
    /** The least memory that holds an open segment of each lane for eight workers, and what delivery needs. */
    public static final long MIN_MEMORY_BYTES = 8L << 20;

    /** Takes the defaults for everything but the directory and the epoch; one worker. */
    public static BufferConfig defaults(Path dir, String epoch) {
        long memory = 256L << 20;
        return new BufferConfig(
                epoch,
                1,
                memory,
                memory / 5 * 4,
                FullPolicy.DROP_OLDEST,
                Duration.ofMillis(100),
                8,
                dir,
                4096L << 20,
                Durability.OVERFLOW,
                Duration.ofMillis(500),
                null);
    }
}
