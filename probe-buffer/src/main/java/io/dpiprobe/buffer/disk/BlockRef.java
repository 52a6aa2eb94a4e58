// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.Lane;

/** Names one block on disk, to be released when its events are settled. */
public final class BlockRef {
    private final Lane lane;
    private final BlockFile file;
    private final int ordinal;

    BlockRef(Lane lane, BlockFile file, int ordinal) {
        this.lane = lane;
        this.file = file;
        this.ordinal = ordinal;
    }

    Lane lane() {
        return lane;
    }

    BlockFile file() {
        return file;
    }

    int ordinal() {
        return ordinal;
    }
}
