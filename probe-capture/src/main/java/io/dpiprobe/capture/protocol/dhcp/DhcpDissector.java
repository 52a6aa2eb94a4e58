// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcp;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Writes one event for each DHCP message. */
final class DhcpDissector implements Dissector {
    private final DhcpMessage message = new DhcpMessage();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Verdict verdict = message.read(in);
        if (verdict == Verdict.OK) {
            session.nextTransaction();
            write(session.begin(EventType.DHCP, from).beginObject("dhcp"));
            session.end();
        }
        return verdict;
    }

    @Override
    public void reset() {}

    private void write(JsonWriter json) {
        boolean reply = message.op == DhcpMessage.BOOTREPLY;
        json.ascii("type", reply ? "reply" : "request").number("id", message.transactionId);
        hexWithColons(json, "client_mac", message.clientMac, 0);
        address(json, "assigned_ip", message.yourAddress);
        address(json, "client_ip", message.clientAddress);
        if (reply) {
            address(json, "relay_ip", message.relayAddress);
            address(json, "next_server_ip", message.serverAddress);
        }
        if (message.has(DhcpOption.MESSAGE_TYPE)) {
            json.ascii("dhcp_type", DhcpOption.messageType(message.messageType));
        }
        writeOptions(json);
        json.endObject();
    }

    private void writeOptions(JsonWriter json) {
        if (message.has(DhcpOption.CLIENT_ID)) {
            hexWithColons(json, "client_id", message.clientId, 1); // behind its hardware type
        }
        address(json, "requested_ip", DhcpOption.REQUESTED_ADDRESS, message.requestedAddress);
        address(json, "subnet_mask", DhcpOption.SUBNET_MASK, message.subnetMask);
        addresses(json, "routers", DhcpOption.ROUTERS, message.routers);
        addresses(json, "dns_servers", DhcpOption.DNS_SERVERS, message.dnsServers);
        text(json, "hostname", DhcpOption.HOSTNAME, message.hostname);
        text(json, "vendor_class_identifier", DhcpOption.VENDOR_CLASS, message.vendorClass);
        seconds(json, "lease_time", DhcpOption.LEASE_TIME, message.leaseTime);
        seconds(json, "renewal_time", DhcpOption.RENEWAL_TIME, message.renewalTime);
        seconds(json, "rebinding_time", DhcpOption.REBINDING_TIME, message.rebindingTime);
        if (message.has(DhcpOption.PARAMETER_LIST)) {
            parameters(json);
        }
    }

    private void parameters(JsonWriter json) {
        int before = json.mark();
        json.beginArray("params");
        int empty = json.mark();
        for (int i = 0; i < message.parameters.length(); i++) {
            String name = DhcpOption.parameter(message.parameters.u8(i));
            if (!name.isEmpty()) {
                json.asciiItem(name);
            }
        }
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endArray();
        }
    }

    private void text(JsonWriter json, String name, int option, Slice value) {
        if (message.has(option)) {
            json.wire(name, value);
        }
    }

    private void seconds(JsonWriter json, String name, int option, long value) {
        if (message.has(option)) {
            json.number(name, value);
        }
    }

    private void address(JsonWriter json, String name, int option, long value) {
        if (message.has(option)) {
            address(json, name, value);
        }
    }

    private void addresses(JsonWriter json, String name, int option, Slice values) {
        if (message.has(option) && !values.isEmpty()) {
            json.beginArray(name);
            for (int i = 0; i < values.length(); i += 4) {
                json.address("", 4, 0, values.u32(i));
            }
            json.endArray();
        }
    }

    private static void address(JsonWriter json, String name, long value) {
        json.address(name, 4, 0, value);
    }

    private static void hexWithColons(JsonWriter json, String name, Slice value, int from) {
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
