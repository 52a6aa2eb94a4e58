// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/** Names the EtherTypes that the decoder follows (IEEE 802 numbers). */
final class EtherType {
    static final int IPV4 = 0x0800;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int QINQ = 0x88a8;
    static final int QINQ_OLD = 0x9100;

    private EtherType() {}

    static boolean isVlan(int type) {
        return type == VLAN || type == QINQ || type == QINQ_OLD;
    }
}
