// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcpv6;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads a message of DHCP for IPv6, out of those of the relays it came by (RFC 8415, 8, 9 and 21). */
final class Dhcpv6Message {
    /** Relays in a row: no message may pass more (RFC 8415, 7.6). */
    @Bound(of = "relays of a message", then = "the message is invalid", seen = "protocol_violations_total")
    static final int MAX_RELAYS = 8;

    private static final int SOLICIT = 1;
    private static final int RELAY_FORWARD = 12;
    private static final int RELAY_REPLY = 13;

    private static final int CLIENT_ID = 1;
    private static final int SERVER_ID = 2;
    private static final int ADDRESSES = 3;
    private static final int TEMPORARY_ADDRESSES = 4;
    private static final int ADDRESS = 5;
    private static final int RELAY_MESSAGE = 9;
    private static final int STATUS_CODE = 13;
    private static final int VENDOR_CLASS = 16;
    private static final int DNS_SERVERS = 23;
    private static final int DOMAIN_LIST = 24;
    private static final int PREFIXES = 25;
    private static final int PREFIX = 26;
    private static final int CLIENT_FQDN = 39;
    private static final int ADDRESS_BYTES = 16;

    final Leases leases = new Leases();
    final Slice clientId = new Slice();
    final Slice serverId = new Slice();
    final Slice hostname = new Slice();
    final Slice vendorClass = new Slice();
    final Slice dnsServers = new Slice();
    final Slice domains = new Slice();
    int type;
    int transactionId;
    int status;
    long vendor;
    int relays;
    /** Of the relay next to the client. */
    long linkHi;

    long linkLo;
    long peerHi;
    long peerLo;

    Verdict read(Cursor in) {
        clear();
        readMessage(in);
        return in.verdict();
    }

    private void clear() {
        leases.clear();
        clientId.clear();
        serverId.clear();
        hostname.clear();
        vendorClass.clear();
        dnsServers.clear();
        domains.clear();
        status = -1;
        vendor = -1;
        relays = 0;
    }

    private void readMessage(Cursor in) {
        type = in.u8();
        in.require(type >= SOLICIT && type <= RELAY_REPLY);
        if (type == RELAY_FORWARD || type == RELAY_REPLY) {
            in.require(++relays <= MAX_RELAYS);
            in.skip(1); // hop-count
            linkHi = in.u64();
            linkLo = in.u64();
            peerHi = in.u64();
            peerLo = in.u64();
        } else {
            transactionId = in.u24();
        }
        while (in.hasRemaining()) {
            readOption(in);
        }
    }

    private void readOption(Cursor in) {
        int code = in.u16();
        int option = in.enter(in.u16());
        switch (code) {
            case CLIENT_ID -> in.slice(in.remaining(), clientId);
            case SERVER_ID -> in.slice(in.remaining(), serverId);
            case ADDRESSES, PREFIXES -> readAssociation(12, in);
            case TEMPORARY_ADDRESSES -> readAssociation(4, in);
            case RELAY_MESSAGE -> readMessage(in);
            case STATUS_CODE -> status = in.u16();
            case VENDOR_CLASS -> {
                vendor = in.u32();
                in.slice(in.u16(), vendorClass);
            }
            case DNS_SERVERS -> {
                in.require(in.remaining() % ADDRESS_BYTES == 0);
                in.slice(in.remaining(), dnsServers);
            }
            case DOMAIN_LIST -> in.slice(in.remaining(), domains);
            case CLIENT_FQDN -> {
                in.skip(1); // flags (RFC 4704, 4.1)
                in.slice(in.remaining(), hostname);
            }
            default -> {}
        }
        in.leave(option);
    }

    /** What is leased is in options of the association, behind its own fields. */
    private void readAssociation(int fields, Cursor in) {
        in.skip(fields);
        while (in.hasRemaining()) {
            int code = in.u16();
            int option = in.enter(in.u16());
            if (code == ADDRESS) {
                leases.readAddress(in);
            } else if (code == PREFIX) {
                leases.readPrefix(in);
            } else if (code == STATUS_CODE) {
                status = in.u16();
            }
            in.leave(option);
        }
    }
}
