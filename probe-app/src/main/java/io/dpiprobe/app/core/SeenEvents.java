// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Remembers which events were stored, as ranges of sequence numbers: a stream without gaps is one range. */
final class SeenEvents {
    private final Map<String, TreeMap<Long, Long>> rangesByStream = new HashMap<>();

    /** Returns false if the event was there already. */
    boolean add(Identity event) {
        TreeMap<Long, Long> ranges = rangesByStream.computeIfAbsent(event.stream(), stream -> new TreeMap<>());
        long seq = event.seq();
        Map.Entry<Long, Long> below = ranges.floorEntry(seq);
        if (below != null && below.getValue() >= seq) {
            return false;
        }
        boolean joinsBelow = below != null && below.getValue() == seq - 1;
        Long endAbove = ranges.remove(seq + 1);
        ranges.put(joinsBelow ? below.getKey() : seq, endAbove == null ? seq : endAbove);
        return true;
    }

    /** Number of ranges over all streams. */
    int ranges() {
        return rangesByStream.values().stream().mapToInt(TreeMap::size).sum();
    }
}
