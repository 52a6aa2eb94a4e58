// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.Lane;
import java.nio.file.Path;

/**
 * Describes one file of a buffer directory as it was found.
 *
 * @param lane whose events it has
 * @param number its number: the order of the files of a lane
 * @param path where it is
 * @param bytes its length
 * @param events events written to it in all; of an open file those that can be read
 * @param ackedEvents how many of them Core has: the first ones
 * @param ackedBlocks how many blocks those are
 * @param open true if it was not finished: a probe writes to it, or was killed
 */
public record StoredFile(
        Lane lane, int number, Path path, long bytes, int events, int ackedEvents, int ackedBlocks, boolean open) {
    /** Events that Core may not have. */
    public int waitingEvents() {
        return Math.max(0, events - ackedEvents);
    }
}
