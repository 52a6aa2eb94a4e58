// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.memory.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one segment to be written to disk.
 *
 * @param segment what to write
 * @param held the batch that keeps the segment in memory as well, or null if the segment moves
 */
record SpillJob(Segment segment, @Nullable MemoryBatch held) {
    boolean isCopy() {
        return held != null;
    }
}
