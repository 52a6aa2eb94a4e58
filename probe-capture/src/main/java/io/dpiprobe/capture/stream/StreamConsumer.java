// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.capture.flow.Direction;
import org.agrona.DirectBuffer;

/** Receives the bytes of a TCP connection in order. */
public interface StreamConsumer {
    /** False when bytes of this direction need not be kept: they are only counted from then on. */
    boolean wants(Direction from);

    /**
     * Shows everything at hand that is not done with.
     *
     * @return how many bytes are done with; the rest is shown again, with what follows
     */
    int onBytes(Direction from, DirectBuffer bytes, int offset, int length);

    /** True, once, if what was left not done with before is to be shown again at once. */
    boolean takeRepeat();

    /** So many bytes were lost; what was shown before and not done with is lost too. */
    void onGap(Direction from, long bytes);

    /** The connection broke a rule, with a packet that this side sent. */
    void onAnomaly(Direction from, StreamAnomaly anomaly);
}
