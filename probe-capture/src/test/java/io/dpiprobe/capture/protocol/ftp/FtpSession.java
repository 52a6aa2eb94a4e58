// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import java.nio.charset.StandardCharsets;

/** Plays a control connection, and data connections beside it. */
final class FtpSession {
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";
    private static final int CLIENT_PORT = 50_000;
    private static final byte[] NOTHING = {};

    private final Dialogue control = Dialogue.tcp(21);

    Dialogue control() {
        return control;
    }

    /** The client connects to a port of the server, which sends this and closes. */
    void dataFromServer(int port, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
        int end = 200 + bytes.length;
        control.frame(toServer(port, TcpFlags.SYN, 99, 0));
        control.frame(toClient(port, TcpFlags.SYN | TcpFlags.ACK, 199, 100, NOTHING));
        control.frame(toServer(port, TcpFlags.ACK, 100, 200));
        control.frame(toClient(port, TcpFlags.ACK, 200, 100, bytes));
        control.frame(toServer(port, TcpFlags.ACK, 100, end));
        control.frame(toClient(port, TcpFlags.FIN | TcpFlags.ACK, end, 100, NOTHING));
        control.frame(toServer(port, TcpFlags.FIN | TcpFlags.ACK, 100, end + 1));
        control.frame(toClient(port, TcpFlags.ACK, end + 1, 101, NOTHING));
    }

    private static byte[] toServer(int port, int flags, int seq, int ack) {
        return PacketBytes.from(CLIENT, CLIENT_PORT).to(SERVER, port).tcp(flags, seq, ack, NOTHING);
    }

    private static byte[] toClient(int port, int flags, int seq, int ack, byte[] bytes) {
        return PacketBytes.from(SERVER, port).to(CLIENT, CLIENT_PORT).tcp(flags, seq, ack, bytes);
    }
}
