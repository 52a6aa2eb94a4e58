// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

/** Names what a TCP connection gets wrong, as EVE names it. */
public enum StreamAnomaly {
    /** A FIN for a connection of which nothing was seen before. */
    FIN_BUT_NO_SESSION("fin_but_no_session"),
    /** A reset for a connection of which nothing was seen before. */
    RST_BUT_NO_SESSION("rst_but_no_session"),
    /** A reset that carries payload. */
    RST_WITH_DATA("rst_with_data"),
    /** A reset too far from what is expected next: the receiver would not believe it either (RFC 5961, 3). */
    SUSPECTED_RST_INJECT("suspected_rst_inject"),
    /** An answer to a SYN that acknowledges something else. */
    SYNACK_WITH_WRONG_ACK("3whs_synack_with_wrong_ack"),
    /** An acknowledgment number without the control bit that makes it count. */
    PKT_BROKEN_ACK("pkt_broken_ack"),
    /** An acknowledgment of what cannot have been sent. */
    PKT_INVALID_ACK("pkt_invalid_ack"),
    /** Bytes are missing for good: lost by the capture or never sent. */
    REASSEMBLY_SEQ_GAP("reassembly_seq_gap"),
    /** Two segments differ where they overlap: an attempt to show the sensor something else than the receiver. */
    REASSEMBLY_OVERLAP_DIFFERENT_DATA("reassembly_overlap_different_data");

    private final String label;

    StreamAnomaly(String event) {
        this.label = "stream." + event;
    }

    /** The value of {@code anomaly.event}. */
    public String label() {
        return label;
    }
}
