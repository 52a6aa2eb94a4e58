// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Sends numbered datagrams, each from a port of its own; the main program of a JVM inside a network namespace. */
final class DatagramBurst {
    private DatagramBurst() {}

    /** Address, port, how many, payload bytes. */
    public static void main(String[] args) throws IOException {
        InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        int count = Integer.parseInt(args[2]);
        byte[] payload = new byte[Integer.parseInt(args[3])];
        for (int i = 0; i < count; i++) {
            try (DatagramSocket socket = new DatagramSocket(20_000 + i % 20_000)) {
                payload[0] = (byte) i;
                socket.send(new DatagramPacket(payload, payload.length, to));
            }
        }
    }
}
