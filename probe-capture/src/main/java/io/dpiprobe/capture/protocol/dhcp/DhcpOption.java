// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcp;

/** Names the DHCP options that events show, and message types and parameters as events call them (RFC 2132). */
final class DhcpOption {
    static final int PAD = 0;
    static final int SUBNET_MASK = 1;
    static final int ROUTERS = 3;
    static final int DNS_SERVERS = 6;
    static final int HOSTNAME = 12;
    static final int REQUESTED_ADDRESS = 50;
    static final int LEASE_TIME = 51;
    static final int MESSAGE_TYPE = 53;
    static final int PARAMETER_LIST = 55;
    static final int RENEWAL_TIME = 58;
    static final int REBINDING_TIME = 59;
    static final int VENDOR_CLASS = 60;
    static final int CLIENT_ID = 61;
    static final int END = 255;

    private static final String[] MESSAGE_TYPES = {
        "unknown", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform"
    };

    private DhcpOption() {}

    static String messageType(int type) {
        return type < MESSAGE_TYPES.length ? MESSAGE_TYPES[type] : MESSAGE_TYPES[0];
    }

    /** The name of an option that a client asks for; empty for the many that events do not name. */
    static String parameter(int code) {
        return switch (code) {
            case SUBNET_MASK -> "subnet_mask";
            case ROUTERS -> "router";
            case DNS_SERVERS -> "dns_server";
            case 15 -> "domain";
            case 35 -> "arp_timeout";
            case 42 -> "ntp_server";
            case 66 -> "tftp_server_name";
            case 150 -> "tftp_server_ip";
            default -> "";
        };
    }
}
