// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/** Numbers and names of the protocols above IP (IANA, "Assigned Internet Protocol Numbers"). */
public final class IpProtocol {
    public static final int HOPOPT = 0;
    public static final int ICMP = 1;
    public static final int IPV4 = 4;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int IPV6 = 41;
    public static final int IPV6_ROUTE = 43;
    public static final int IPV6_FRAG = 44;
    public static final int GRE = 47;
    public static final int ESP = 50;
    public static final int AH = 51;
    public static final int ICMPV6 = 58;
    public static final int IPV6_NONXT = 59;
    public static final int IPV6_OPTS = 60;
    public static final int SCTP = 132;
    public static final int MOBILITY = 135;
    public static final int HIP = 139;
    public static final int SHIM6 = 140;

    private static final String[] NAMES = new String[256];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] = Integer.toString(i);
        }
        NAMES[ICMP] = "ICMP";
        NAMES[2] = "IGMP";
        NAMES[IPV4] = "IP-in-IP";
        NAMES[TCP] = "TCP";
        NAMES[UDP] = "UDP";
        NAMES[IPV6] = "IPv6";
        NAMES[IPV6_FRAG] = "IPv6-Frag";
        NAMES[GRE] = "GRE";
        NAMES[ESP] = "ESP";
        NAMES[AH] = "AH";
        NAMES[ICMPV6] = "IPv6-ICMP";
        NAMES[SCTP] = "SCTP";
    }

    private IpProtocol() {}

    /** The name in events; the number as text where EVE has no name. */
    public static String nameOf(int number) {
        return NAMES[number];
    }
}
