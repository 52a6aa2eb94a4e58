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

    /** What is not larger is a length and not a type (IEEE 802.3, 3.2.6). */
    static final int LARGEST_LENGTH = 1500;

    /** An Ethernet header. */
    static final int ETHERNET = 0x1_0000;
    /** An IP header of the version that it says itself. */
    static final int IP = 0x1_0001;
    /** A PPP header, its address and control fields compressed or not (RFC 1661). */
    static final int PPP = 0x1_0002;

    private EtherType() {}

    /** True for what is seen on healthy networks and not followed here. */
    static boolean isCommon(int type) {
        return switch (type) {
            case 0x0842, // wake-on-LAN
                    0x8035, // RARP
                    0x8137, // IPX
                    0x8809, // slow protocols: LACP
                    0x8863, // PPPoE discovery
                    0x888e, // IEEE 802.1X
                    0x8892, // PROFINET
                    0x8899, // loop detection of switches
                    0x88a4, // EtherCAT
                    0x88cc, // LLDP
                    0x88e1, // HomePlug
                    0x88e5, // MACsec
                    0x88f7, // PTP
                    0x8902, // connectivity fault management
                    0x8906, // FCoE
                    0x890d, // fast roaming
                    0x9000 -> true; // loopback test
            default -> false;
        };
    }
}
