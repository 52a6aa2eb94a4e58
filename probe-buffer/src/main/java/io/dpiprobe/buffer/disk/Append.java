// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

/** Says what became of a block that was to be written. */
public enum Append {
    WRITTEN,
    /** The budget is used up by higher lanes. */
    NO_ROOM,
    /** The file system has no room, or refuses. */
    UNAVAILABLE
}
