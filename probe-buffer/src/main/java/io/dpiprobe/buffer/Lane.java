// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/** Ranks events by what is given up last when there is room for only some of them. */
public enum Lane {
    /** What an investigation starts from; never sampled. */
    HIGH("high"),
    /** Context: flow records, files, mail. */
    NORMAL("normal"),
    /** Volume: interim records and chatter; given up first. */
    LOW("low");

    private final String label;

    Lane(String label) {
        this.label = label;
    }

    /** The name in events, headers and metrics. */
    public String label() {
        return label;
    }

    /** The place of this lane in arrays, from 0; a higher one is given up first. */
    @SuppressWarnings("EnumOrdinal") // here only: arrays are indexed through this
    public int index() {
        return ordinal();
    }
}
