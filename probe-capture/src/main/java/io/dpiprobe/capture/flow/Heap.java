// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** Says how full the Java heap is. */
public interface Heap {
    /** That of this process. */
    Heap OWN = new Heap() {
        @Override
        public long usedBytes() {
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }

        @Override
        public long maxBytes() {
            return Runtime.getRuntime().maxMemory();
        }

        @Override
        public long collections() {
            long sum = 0;
            for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
                sum += each.getCollectionCount();
            }
            return sum;
        }
    };

    /** Bytes that live, and those that no collection has found dead yet. */
    long usedBytes();

    /** Bytes that it can grow to. */
    long maxBytes();

    /** Collections so far. */
    long collections();
}
