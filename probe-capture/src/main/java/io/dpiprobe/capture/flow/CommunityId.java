// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.capture.packet.IpProtocol;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Computes Community ID version 1 (the "Community ID Flow Hashing" specification) with seed 0. One per worker: it remembers
 * what it computed lately, since the events of a flow often come close together.
 */
public final class CommunityId {
    /** "1:" and a SHA-1 in Base64. */
    public static final int LENGTH = 30;

    private static final int SHA1_LENGTH = 20;
    /** Flows whose digest is remembered: a power of two. */
    private static final int REMEMBERED = 1024;

    private static final long NONE = -1;

    private final MessageDigest sha1;
    private final byte[] input = new byte[40];
    private final byte[] base64 = new byte[LENGTH - 2];
    private final byte[] text = new byte[LENGTH];
    private final long[] ids = new long[REMEMBERED];
    private final long[] startsNs = new long[REMEMBERED];
    private final byte[][] digests = new byte[REMEMBERED][SHA1_LENGTH];

    public CommunityId() {
        Arrays.fill(ids, NONE);
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
            text[0] = '1';
            text[1] = ':';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /**
     * The Community ID of a flow, as {@link #LENGTH} ASCII characters.
     *
     * @return valid until another is asked for
     */
    public byte[] of(Flow flow) {
        int slot = (int) flow.id() & (REMEMBERED - 1);
        if (ids[slot] != flow.id() || startsNs[slot] != flow.startNs()) {
            compute(flow, digests[slot]);
            ids[slot] = flow.id();
            startsNs[slot] = flow.startNs();
        }
        Base64.getEncoder().encode(digests[slot], base64);
        System.arraycopy(base64, 0, text, 2, base64.length);
        return text;
    }

    private void compute(Flow flow, byte[] digest) {
        int length = input(flow);
        sha1.update(input, 0, length);
        try {
            sha1.digest(digest, 0, SHA1_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("the digest has its length", e);
        }
    }

    /** Seed, smaller address and port first, protocol, padding (specification, "Pseudo code"). */
    private int input(Flow flow) {
        boolean icmp = flow.protocol() == IpProtocol.ICMP || flow.protocol() == IpProtocol.ICMPV6;
        int clientPort = icmp ? IcmpPorts.source(flow) : flow.clientPort();
        int serverPort = icmp ? IcmpPorts.destination(flow) : flow.serverPort();
        boolean oneWay = icmp && IcmpPorts.isOneWay(flow);
        int addresses = flow.ipVersion() == 4 ? 4 : 16;
        int ports = 2 + 2 * addresses + 2;
        boolean ordered = oneWay || isOrdered(flow, clientPort, serverPort);
        input[0] = 0;
        input[1] = 0;
        address(addresses, flow.clientHi(), flow.clientLo(), ordered ? 2 : 2 + addresses);
        address(addresses, flow.serverHi(), flow.serverLo(), ordered ? 2 + addresses : 2);
        input[2 + 2 * addresses] = (byte) flow.protocol();
        input[2 + 2 * addresses + 1] = 0;
        if (!hasPorts(flow.protocol())) {
            return ports;
        }
        u16(ordered ? clientPort : serverPort, ports);
        u16(ordered ? serverPort : clientPort, ports + 2);
        return ports + 4;
    }

    private static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> true;
            default -> false;
        };
    }

    private static boolean isOrdered(Flow flow, int clientPort, int serverPort) {
        int order = Long.compareUnsigned(flow.clientHi(), flow.serverHi());
        if (order == 0) {
            order = Long.compareUnsigned(flow.clientLo(), flow.serverLo());
        }
        return order < 0 || (order == 0 && clientPort <= serverPort);
    }

    private void address(int length, long hi, long lo, int at) {
        for (int i = 0; i < 8; i++) {
            int index = at + length - 1 - i;
            if (i < length) {
                input[index] = (byte) (lo >>> (8 * i));
            }
            if (length == 16) {
                input[index - 8] = (byte) (hi >>> (8 * i));
            }
        }
    }

    private void u16(int value, int at) {
        input[at] = (byte) (value >> 8);
        input[at + 1] = (byte) value;
    }
}
