// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.eve.EventWriter;

/** Sums up what many flows do and writes it at intervals of packet time. One per worker, used by its thread alone. */
public interface Summary {
    /** When there will be something to write, nanoseconds since the epoch. */
    long dueNs();

    /** Writes what there is, and begins anew. */
    void write(EventWriter events);
}
