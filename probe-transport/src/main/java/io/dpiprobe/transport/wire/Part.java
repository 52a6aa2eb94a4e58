// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

/** Names lines of a batch that are sent in one request: from the first (included) to the end (excluded). */
public record Part(int from, int to) {
    public int count() {
        return to - from;
    }

    public Part firstHalf() {
        return new Part(from, from + count() / 2);
    }

    public Part secondHalf() {
        return new Part(from + count() / 2, to);
    }
}
