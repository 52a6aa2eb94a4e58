// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.capture.packet.IpProtocol;

/** Puts ICMP types in the place of ports, as the Community ID specification has it: a request's type and its answer's. */
final class IcmpPorts {
    /** Types that ask and types that answer (RFC 792, 950, 1256, 6918). */
    private static final int[][] V4 = {{8, 0}, {13, 14}, {15, 16}, {10, 9}, {17, 18}};
    /** The same for ICMPv6 (RFC 4443, 2710, 4861, 4620, 8335). */
    private static final int[][] V6 = {{128, 129}, {133, 134}, {135, 136}, {130, 131}, {144, 145}, {139, 140}};

    private IcmpPorts() {}

    static int source(Flow flow) {
        return firstType(flow);
    }

    /** The counterpart of the type, or the code where a type has none. */
    static int destination(Flow flow) {
        int counterpart = counterpart(flow);
        return counterpart >= 0 ? counterpart : first(flow) & 0xff;
    }

    static boolean isOneWay(Flow flow) {
        return counterpart(flow) < 0;
    }

    private static int counterpart(Flow flow) {
        int type = firstType(flow);
        for (int[] pair : flow.protocol() == IpProtocol.ICMP ? V4 : V6) {
            if (pair[0] == type) {
                return pair[1];
            }
            if (pair[1] == type) {
                return pair[0];
            }
        }
        return -1;
    }

    private static int firstType(Flow flow) {
        return first(flow) >> 8;
    }

    private static int first(Flow flow) {
        int request = flow.icmp(Direction.TO_SERVER);
        return Math.max(0, request >= 0 ? request : flow.icmp(Direction.TO_CLIENT));
    }
}
