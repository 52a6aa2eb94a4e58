// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.snmp;

/** Names the kinds of messages by their tags (RFC 1157, 4.1; RFC 3416, 3). */
final class PduType {
    static final int TRAP_V1 = 0xa4;

    private PduType() {}

    /** Empty for an unknown tag. */
    static String name(int tag) {
        return switch (tag) {
            case 0xa0 -> "get_request";
            case 0xa1 -> "get_next_request";
            case 0xa2 -> "response";
            case 0xa3 -> "set_request";
            case TRAP_V1 -> "trap_v1";
            case 0xa5 -> "get_bulk_request";
            case 0xa6 -> "inform_request";
            case 0xa7 -> "trap_v2";
            case 0xa8 -> "report";
            default -> "";
        };
    }

    /** The generic trap of version 1 (RFC 1157, 4.1.6). */
    static String trap(int number) {
        return switch (number) {
            case 0 -> "cold_start";
            case 1 -> "warm_start";
            case 2 -> "link_down";
            case 3 -> "link_up";
            case 4 -> "authentication_failure";
            case 5 -> "egp_neighbor_loss";
            case 6 -> "enterprise_specific";
            default -> "unknown";
        };
    }
}
