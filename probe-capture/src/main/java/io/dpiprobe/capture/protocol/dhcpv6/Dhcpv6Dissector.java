// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcpv6;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Writes one event for each message: who asks, who answers, and which addresses and DNS servers it hands out. */
final class Dhcpv6Dissector implements Dissector {
    private static final String[] TYPES = {
        "",
        "solicit",
        "advertise",
        "request",
        "confirm",
        "renew",
        "rebind",
        "reply",
        "release",
        "decline",
        "reconfigure",
        "information-request",
        "relay-forward",
        "relay-reply"
    };
    private static final int LINK_LAYER_AND_TIME = 1;
    private static final int LINK_LAYER = 3;
    private static final int ETHERNET = 1;
    private static final int MAC_BYTES = 6;
    private static final int MAX_LABEL = 63;

    private final Dhcpv6Message message = new Dhcpv6Message();
    private final Cursor cursor = new Cursor();
    private final Slice label = new Slice();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Verdict verdict = message.read(in);
        if (verdict == Verdict.OK) {
            session.nextTransaction();
            session.begin(EventType.DHCPV6, from);
            write(session.probe().beginObject(EventType.DHCPV6.label()));
            session.end();
        }
        return verdict;
    }

    @Override
    public void reset() {}

    private void write(JsonWriter json) {
        json.ascii("type", TYPES[message.type]).number("id", message.transactionId);
        if (message.relays > 0) {
            json.beginObject("relay").number("count", message.relays);
            json.address("link_ip", 6, message.linkHi, message.linkLo);
            json.address("peer_ip", 6, message.peerHi, message.peerLo).endObject();
        }
        hex(json, "client_duid", message.clientId, 0);
        writeMac(json);
        hex(json, "server_duid", message.serverId, 0);
        names(json, "hostname", message.hostname);
        if (message.vendor >= 0) {
            json.number("vendor_enterprise", message.vendor).wire("vendor_class", message.vendorClass);
        }
        message.leases.write(json);
        writeServers(json);
        names(json, "domains", message.domains);
        if (message.status >= 0) {
            json.number("status_code", message.status);
        }
        json.endObject();
    }

    /** Most clients are named after a network card of theirs (RFC 8415, 11.2 and 11.4). */
    private void writeMac(JsonWriter json) {
        Slice id = message.clientId;
        int type = id.length() > 4 ? id.u16(0) : 0;
        int at = type == LINK_LAYER_AND_TIME ? 8 : 4;
        boolean named = type == LINK_LAYER_AND_TIME || type == LINK_LAYER;
        if (named && id.u16(2) == ETHERNET && id.length() == at + MAC_BYTES) {
            hex(json, "client_mac", id, at);
        }
    }

    private void writeServers(JsonWriter json) {
        if (message.dnsServers.isEmpty()) {
            return;
        }
        json.beginArray("dns_servers");
        cursor.wrap(message.dnsServers);
        while (cursor.hasRemaining()) {
            long hi = cursor.u64();
            json.address("", 6, hi, cursor.u64());
        }
        json.endArray();
    }

    /** Names as DNS has them, never compressed (RFC 8415, 10), apart by commas. */
    private void names(JsonWriter json, String field, Slice names) {
        if (names.isEmpty()) {
            return;
        }
        json.beginText(field);
        cursor.wrap(names);
        boolean first = true;
        boolean ended = false;
        while (cursor.hasRemaining() && !cursor.failed()) {
            int length = cursor.u8();
            cursor.require(length <= MAX_LABEL);
            cursor.slice(length, label);
            if (length > 0 && !cursor.failed()) {
                json.append(first ? "" : ended ? "," : ".").appendWire(label);
                first = false;
            }
            ended = length == 0;
        }
        json.endText();
    }

    private static void hex(JsonWriter json, String name, Slice value, int from) {
        if (value.isEmpty()) {
            return;
        }
        json.beginText(name);
        for (int i = from; i < value.length(); i++) {
            if (i > from) {
                json.append(':');
            }
            json.appendHex(value.u8(i));
        }
        json.endText();
    }
}
