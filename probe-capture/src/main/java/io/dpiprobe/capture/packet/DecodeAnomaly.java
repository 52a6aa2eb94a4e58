// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import java.util.Locale;

/** Names what headers get wrong, as EVE names it. Each is a bit of {@link Packet#anomalies()}. */
public enum DecodeAnomaly {
    ETHERNET_PKT_TOO_SMALL,
    ETHERNET_UNKNOWN_ETHERTYPE,
    VLAN_HEADER_TOO_SMALL,
    IPV4_PKT_TOO_SMALL,
    IPV4_HLEN_TOO_SMALL,
    IPV4_IPLEN_SMALLER_THAN_HLEN,
    IPV4_TRUNC_PKT,
    IPV4_WRONG_IP_VERSION,
    IPV4_OPT_INVALID_LEN,
    IPV4_FRAG_PKT_TOO_LARGE,
    IPV4_FRAG_OVERLAP,
    IPV6_PKT_TOO_SMALL,
    IPV6_TRUNC_PKT,
    IPV6_WRONG_IP_VERSION,
    IPV6_TRUNC_EXTHDR,
    IPV6_EXTHDR_DUPL_FH,
    IPV6_EXTHDR_USELESS_FH,
    IPV6_RH_TYPE_0,
    IPV6_HOPOPTS_UNKNOWN_OPT,
    IPV6_HOPOPTS_ONLY_PADDING,
    IPV6_DSTOPTS_UNKNOWN_OPT,
    IPV6_DSTOPTS_ONLY_PADDING,
    IPV6_ZERO_LEN_PADN,
    IPV6_FRAG_INVALID_LENGTH,
    IPV6_FRAG_PKT_TOO_LARGE,
    IPV6_FRAG_OVERLAP,
    IPV6_IPV6_IN_IPV6_WRONG_VERSION,
    ICMPV4_PKT_TOO_SMALL,
    ICMPV4_UNKNOWN_TYPE,
    ICMPV4_UNKNOWN_CODE,
    ICMPV6_PKT_TOO_SMALL,
    TCP_PKT_TOO_SMALL,
    TCP_HLEN_TOO_SMALL,
    TCP_INVALID_OPTLEN,
    TCP_OPT_INVALID_LEN,
    UDP_PKT_TOO_SMALL,
    UDP_LEN_INVALID,
    SCTP_PKT_TOO_SMALL,
    GRE_PKT_TOO_SMALL,
    GRE_WRONG_VERSION,
    IPV4_INVALID_CHECKSUM,
    TCP_INVALID_CHECKSUM,
    UDP_INVALID_CHECKSUM,
    ICMPV4_INVALID_CHECKSUM,
    ICMPV6_INVALID_CHECKSUM,
    TOO_MANY_LAYERS("decoder.too_many_layers");

    private final String label;

    /** The constant's name begins with the layer: {@code IPV4_TRUNC_PKT} is {@code decoder.ipv4.trunc_pkt}. */
    DecodeAnomaly() {
        label = "decoder." + name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    DecodeAnomaly(String label) {
        this.label = label;
    }

    /** The value of {@code anomaly.event}. */
    public String label() {
        return label;
    }
}
