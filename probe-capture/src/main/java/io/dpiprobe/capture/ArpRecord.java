// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Writes an event for an ARP message that asks or tells who has an IPv4 address on Ethernet (RFC 826, RFC 903). */
final class ArpRecord {
    private static final int ETHERNET = 1;
    private static final int IPV4 = 0x0800;
    private static final int MAC_LENGTH = 6;
    private static final int IPV4_LENGTH = 4;
    private static final String[] OPCODES = {
        "", "request", "reply", "request_reverse", "reply_reverse", "", "", "", "request_inverse", "reply_inverse"
    };

    private final EventWriter events;
    private final Cursor in = new Cursor();
    private final Slice sourceMac = new Slice();
    private final Slice targetMac = new Slice();
    private int opcode;
    private long sourceAddress;
    private long targetAddress;

    ArpRecord(EventWriter events) {
        this.events = events;
    }

    /** Writes the event; a message that is cut off or not about Ethernet and IPv4 makes none. */
    void write(Packet packet) {
        int length = packet.bytes().capacity() - packet.arpOffset();
        if (read(in.wrap(packet.bytes(), packet.arpOffset(), length)) != Verdict.OK) {
            return;
        }
        JsonWriter json = events.begin(EventType.ARP, packet).beginObject("arp");
        json.ascii("hw_type", "ethernet").ascii("proto_type", "ipv4").ascii("opcode", OPCODES[opcode]);
        mac(json, "src_mac", sourceMac);
        json.address("src_ip", 4, 0, sourceAddress);
        mac(json, "dest_mac", targetMac);
        json.address("dest_ip", 4, 0, targetAddress).endObject();
        events.end(0);
    }

    private Verdict read(Cursor in) {
        in.require(in.u16() == ETHERNET);
        in.require(in.u16() == IPV4);
        in.require(in.u8() == MAC_LENGTH);
        in.require(in.u8() == IPV4_LENGTH);
        opcode = in.u16();
        in.require(opcode < OPCODES.length && !OPCODES[opcode].isEmpty());
        in.slice(MAC_LENGTH, sourceMac);
        sourceAddress = in.u32();
        in.slice(MAC_LENGTH, targetMac);
        targetAddress = in.u32();
        return in.verdict();
    }

    private static void mac(JsonWriter json, String name, Slice mac) {
        json.beginText(name);
        for (int i = 0; i < mac.length(); i++) {
            if (i > 0) {
                json.append(':');
            }
            json.appendHex(mac.u8(i));
        }
        json.endText();
    }
}
