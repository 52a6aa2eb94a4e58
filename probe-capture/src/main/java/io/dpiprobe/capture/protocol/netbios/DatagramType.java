// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

/** Names the packets of the datagram service (RFC 1002, 4.4.1), in the order of their numbers. */
enum DatagramType {
    DIRECT_UNIQUE("direct_unique"),
    DIRECT_GROUP("direct_group"),
    BROADCAST("broadcast"),
    ERROR("error"),
    QUERY("query"),
    POSITIVE_RESPONSE("positive_response"),
    NEGATIVE_RESPONSE("negative_response"),
    UNKNOWN("unknown");

    private static final int FIRST = 0x10;
    private static final DatagramType[] ALL = values();

    final String label;

    DatagramType(String label) {
        this.label = label;
    }

    static DatagramType of(int number) {
        int index = number - FIRST;
        return index >= 0 && index < ALL.length ? ALL[index] : UNKNOWN;
    }

    /** True if it carries something from one name to another. */
    boolean carriesData() {
        return this == DIRECT_UNIQUE || this == DIRECT_GROUP || this == BROADCAST;
    }
}
