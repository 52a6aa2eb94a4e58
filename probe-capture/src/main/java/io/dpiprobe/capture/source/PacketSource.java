// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/**
 * A place packets come from: an interface or a capture file.
 *
 * <p>Opened, polled and closed by one thread. {@link #counters()} may be read by any.
 */
public interface PacketSource extends AutoCloseable {
    /**
     * Hands at most {@code limit} packets to the handler and returns how many; waits at most a few milliseconds.
     *
     * @throws IOException if the source broke: the message says what, where and what to do
     */
    int poll(PacketHandler handler, int limit) throws IOException;

    /** True once there will be no more packets: the end of a file. */
    boolean isExhausted();

    /**
     * Captures from now on only packets that pass this expression of pcap-filter(7); all, if it is empty.
     *
     * @throws IOException if it is not valid, or the source is none that can change it; the old one stays
     */
    default void filter(String expression) throws IOException {
        throw new IOException("the filter of a source that is no interface cannot be changed to: " + expression);
    }

    /** What the source and the kernel counted so far. */
    SourceCounters counters();

    @Override
    void close();
}
