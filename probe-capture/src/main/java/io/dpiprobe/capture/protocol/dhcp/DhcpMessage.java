// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcp;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads a DHCP message (RFC 2131, 2) and those of its options that events show (RFC 2132). */
final class DhcpMessage {
    static final int BOOTREQUEST = 1;
    static final int BOOTREPLY = 2;
    static final long MAGIC_COOKIE = 0x63825363L;
    /** Where the options begin: behind the fields of BOOTP. */
    static final int COOKIE_OFFSET = 236;

    private static final int MAC_LENGTH = 6;
    private static final int HARDWARE_ADDRESS_FIELD = 16;
    private static final int SERVER_AND_FILE_NAMES = 192;

    int op;
    long transactionId;
    long clientAddress;
    long yourAddress;
    long serverAddress;
    long relayAddress;
    int messageType;
    long subnetMask;
    long requestedAddress;
    long leaseTime;
    long renewalTime;
    long rebindingTime;
    final Slice clientMac = new Slice();
    final Slice clientId = new Slice();
    final Slice hostname = new Slice();
    final Slice vendorClass = new Slice();
    final Slice parameters = new Slice();
    final Slice routers = new Slice();
    final Slice dnsServers = new Slice();

    private long present;

    /** True if the option was in the message, whole. */
    boolean has(int option) {
        return (present & 1L << option) != 0;
    }

    Verdict read(Cursor in) {
        present = 0;
        op = in.u8();
        in.skip(3); // htype, hlen, hops
        transactionId = in.u32();
        in.skip(4); // secs, flags
        clientAddress = in.u32();
        yourAddress = in.u32();
        serverAddress = in.u32();
        relayAddress = in.u32();
        in.slice(MAC_LENGTH, clientMac);
        in.skip(HARDWARE_ADDRESS_FIELD - MAC_LENGTH);
        in.skip(SERVER_AND_FILE_NAMES);
        in.require(in.u32() == MAGIC_COOKIE);
        if (!in.failed()) {
            readOptions(in);
        }
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }

    /** A message may end without the end option; an option that is cut off is as if it were not there. */
    private void readOptions(Cursor in) {
        while (in.hasRemaining()) {
            int code = in.u8();
            if (code == DhcpOption.END) {
                return;
            }
            if (code != DhcpOption.PAD) {
                if (in.remaining() < 1 || in.peekU8(0) >= in.remaining()) {
                    return;
                }
                int outer = in.enter(in.u8());
                readOption(in, code);
                in.leave(outer);
            }
        }
    }

    private void readOption(Cursor in, int code) {
        int length = in.remaining();
        boolean isNumber = length == Integer.BYTES;
        boolean known = true;
        switch (code) {
            case DhcpOption.MESSAGE_TYPE -> messageType = length == 1 ? in.u8() : 0;
            case DhcpOption.SUBNET_MASK -> subnetMask = isNumber ? in.u32() : 0;
            case DhcpOption.REQUESTED_ADDRESS -> requestedAddress = isNumber ? in.u32() : 0;
            case DhcpOption.LEASE_TIME -> leaseTime = isNumber ? in.u32() : 0;
            case DhcpOption.RENEWAL_TIME -> renewalTime = isNumber ? in.u32() : 0;
            case DhcpOption.REBINDING_TIME -> rebindingTime = isNumber ? in.u32() : 0;
            case DhcpOption.CLIENT_ID -> in.slice(length, clientId);
            case DhcpOption.HOSTNAME -> in.slice(length, hostname);
            case DhcpOption.VENDOR_CLASS -> in.slice(length, vendorClass);
            case DhcpOption.PARAMETER_LIST -> in.slice(length, parameters);
            case DhcpOption.ROUTERS -> in.slice(length / 4 * 4, routers);
            case DhcpOption.DNS_SERVERS -> in.slice(length / 4 * 4, dnsServers);
            default -> known = false;
        }
        if (known && length > 0) {
            present |= 1L << code;
        }
    }
}
