// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/** Chooses what happens when an event finds no free memory. */
public enum FullPolicy {
    /** The oldest sealed segment of the lowest lane that is not above the event's own goes. */
    DROP_OLDEST,
    /** The new event goes. */
    DROP_NEWEST,
    /** The worker waits for memory; only for reading files, where nothing is missed meanwhile. */
    BLOCK
}
