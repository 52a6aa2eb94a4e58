// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/** Names the EtherTypes that the decoder follows (IEEE 802 numbers), and a few of its own for layers that have none. */
final class EtherType {
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int TRANSPARENT_ETHERNET = 0x6558;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int ERSPAN_III = 0x22eb;
    static final int MPLS_UNICAST = 0x8847;
    static final int MPLS_MULTICAST = 0x8848;
    static final int PPPOE_SESSION = 0x8864;
    static final int QINQ = 0x88a8;
    static final int ERSPAN = 0x88be;
    static final int NSH = 0x894f;
    static final int QINQ_OLD = 0x9100;

    /** An Ethernet header. */
    static final int ETHERNET = 0x1_0000;
    /** An IP header of the version that it says itself. */
    static final int IP = 0x1_0001;
    /** A PPP header, its address and control fields compressed or not (RFC 1661). */
    static final int PPP = 0x1_0002;

    private EtherType() {}
}
