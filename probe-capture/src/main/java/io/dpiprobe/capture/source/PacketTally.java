// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.util.concurrent.atomic.AtomicLong;

/** Counts packets on the thread that polls a source, and shows the counts to others without a fence per packet. */
final class PacketTally {
    private final AtomicLong captured = new AtomicLong();
    private final AtomicLong capturedBytes = new AtomicLong();
    private final AtomicLong kernelDropped = new AtomicLong();
    private final AtomicLong interfaceDropped = new AtomicLong();

    void add(int capturedLength) {
        captured.lazySet(captured.getPlain() + 1);
        capturedBytes.lazySet(capturedBytes.getPlain() + capturedLength);
    }

    void dropped(long byKernel, long byInterface) {
        kernelDropped.lazySet(byKernel);
        interfaceDropped.lazySet(byInterface);
    }

    SourceCounters counters() {
        return new SourceCounters(captured.get(), capturedBytes.get(), kernelDropped.get(), interfaceDropped.get());
    }
}
