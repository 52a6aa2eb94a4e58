// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

/** Counts packets on the thread that polls a source, and shows the count to others after each poll. */
final class PacketTally {
    private long packets;
    private long bytes;
    private volatile SourceCounters published = SourceCounters.ZERO;

    void add(int capturedLength) {
        packets++;
        bytes += capturedLength;
    }

    /** Shows what was counted, if it changed; called once per poll, so that a packet costs no fence. */
    void publish(long kernelDropped, long interfaceDropped) {
        SourceCounters last = published;
        if (packets != last.captured()
                || kernelDropped != last.kernelDropped()
                || interfaceDropped != last.interfaceDropped()) {
            published = new SourceCounters(packets, bytes, kernelDropped, interfaceDropped);
        }
    }

    SourceCounters counters() {
        return published;
    }
}
