// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import java.util.Locale;

/** Names why a packet has no place in a flow. */
public enum Undecodable {
    /** A header ends later than the captured bytes. */
    TRUNCATED,
    /** A link type this probe does not know. */
    UNKNOWN_LINK_TYPE,
    /** Not IP: ARP, LLDP, spanning tree and the like. */
    NOT_IP,
    /** Version, header length or total length of an IP header contradict each other. */
    BAD_IP_HEADER,
    /** A TCP, UDP or ICMP header with an impossible length. */
    BAD_TRANSPORT_HEADER,
    /** A checksum is wrong, and checksums are verified. */
    BAD_CHECKSUM,
    /** A fragment of a larger packet. */
    FRAGMENT,
    /** More headers inside one another than {@link Decoder#MAX_LAYERS}. */
    TOO_DEEP;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in metrics. */
    public String label() {
        return label;
    }
}
