// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.Locale;

/** Names why an accepted event was given up: a closed set, so that the ledger can balance. */
public enum DropReason {
    SAMPLED,
    SHED,
    RATE_LIMITED,
    MEMORY_FULL,
    DISK_FULL,
    OVERSIZE,
    REJECTED_BY_CORE,
    CORRUPT,
    IO_ERROR,
    SHUTDOWN;

    /** The name in events and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The place of this reason in arrays, from 0. */
    @SuppressWarnings("EnumOrdinal") // here only: arrays are indexed through this
    public int index() {
        return ordinal();
    }
}
