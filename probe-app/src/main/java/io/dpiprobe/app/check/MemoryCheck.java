// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

/** Compares the memory of the Java heap with what the flow table may take of it (docs/sizing.md). */
final class MemoryCheck {
    /**
     * A flow of a mix, with its place in the table, and some more: a DNS query takes some 400, a SYN that stays alone some
     * 470, an established connection some 600, an open HTTP request some 3400.
     */
    static final int BYTES_PER_FLOW = 1000;
    /** What everything else on the heap takes. */
    static final long BASE_BYTES = 200L << 20;

    private static final int MIB_BITS = 20;

    private MemoryCheck() {}

    static Finding check(long heapBytes, long flows) {
        long room = Math.max(0, heapBytes - BASE_BYTES) / BYTES_PER_FLOW;
        String text =
                "a heap of %d MiB holds some %d flows, MAX_FLOWS is %d".formatted(heapBytes >> MIB_BITS, room, flows);
        return room >= flows
                ? Finding.ok("memory", text)
                : Finding.warning(
                        "memory",
                        text,
                        "if so many may come at once, lower MAX_FLOWS or give the host or container more memory");
    }
}
