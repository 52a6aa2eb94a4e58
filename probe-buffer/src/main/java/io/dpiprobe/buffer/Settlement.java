// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/**
 * Says what became of the events of one batch; the three counts add up to the batch's count.
 *
 * @param acked events that Core has taken
 * @param quarantined events written to the quarantine file
 * @param rejected events given up because Core refuses them and the quarantine is full
 */
public record Settlement(int acked, int quarantined, int rejected) {
    /** Every event of the batch was delivered. */
    public static Settlement acked(Batch batch) {
        return new Settlement(batch.count(), 0, 0);
    }

    /** All three together. */
    public int total() {
        return acked + quarantined + rejected;
    }
}
