// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.capture.packet.Packet;

/** Hashes what makes packets belong to one flow, the same for both directions. */
final class FlowKey {
    private static final long K1 = 0x9e3779b97f4a7c15L;
    private static final long K2 = 0xc2b2ae3d27d4eb4fL;
    private static final int VLAN_BITS = 12;

    private FlowKey() {}

    /** A hash that nobody outside can steer, since the seed is secret. */
    static int hash(Packet packet, long seed) {
        long source = endpoint(packet.srcHi(), packet.srcLo(), packet.srcPort(), seed);
        long destination = endpoint(packet.dstHi(), packet.dstLo(), packet.dstPort(), seed);
        long both = (source + destination) ^ (source ^ destination) * K1;
        long rest = (long) packet.protocol() << 8 ^ packet.ipVersion() ^ vlans(packet) << 16;
        return (int) (mix(both ^ rest * K2 ^ seed) >>> 32);
    }

    /** A name for the flow that this packet begins: 51 bits, the same at every reading. */
    static long id(Packet packet) {
        long source = endpoint(packet.srcHi(), packet.srcLo(), packet.srcPort(), K2);
        long destination = endpoint(packet.dstHi(), packet.dstLo(), packet.dstPort(), K1);
        return mix(source * 3 + destination ^ packet.timestampNs() * K1 ^ packet.number() ^ packet.protocol()) >>> 13;
    }

    /** Up to three VLAN identifiers and their number in one value. */
    static long vlans(Packet packet) {
        long vlans = packet.vlanCount();
        for (int i = 0; i < packet.vlanCount(); i++) {
            vlans |= (long) packet.vlan(i) << (2 + VLAN_BITS * i);
        }
        return vlans;
    }

    static int vlanCount(long vlans) {
        return (int) vlans & 3;
    }

    static int vlan(long vlans, int index) {
        return (int) (vlans >>> (2 + VLAN_BITS * index)) & 0xfff;
    }

    /** Each part is mixed before the next comes in: what somebody chooses for one cannot undo the other. */
    private static long endpoint(long hi, long lo, int port, long seed) {
        return mix(mix(mix(hi ^ seed) ^ lo) ^ port);
    }

    private static long mix(long value) {
        long x = value;
        x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }
}
