// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import org.agrona.DirectBuffer;

/**
 * A contiguous range of events of one epoch, lane and worker: what one request carries.
 *
 * <p>The payload is NDJSON (each event ends in a line feed) and stays valid until the batch is settled or given back.
 */
public interface Batch {
    /** The run of the probe that made the events: 8 hex digits. Batches found on disk keep theirs. */
    String epoch();

    Lane lane();

    int worker();

    /** Sequence number of the first event. */
    long firstSeq();

    /** Sequence number of the last event. */
    long lastSeq();

    /** Number of events; {@code lastSeq - firstSeq + 1} unless events between were given up. */
    int count();

    /** The events as they go on the wire. */
    DirectBuffer payload();

    /** Length of {@link #payload()} in bytes. */
    int payloadLength();

    /** How the payload is compressed. */
    Encoding encoding();

    /** Length of the payload in bytes before compression. */
    int plainLength();

    /**
     * How long ago the first event was accepted, in nanoseconds.
     *
     * @param nowNs of the clock for intervals, as the workers use it
     * @param wallMs of the clock on the wall: what was found on disk has no other time
     */
    long ageNs(long nowNs, long wallMs);
}
