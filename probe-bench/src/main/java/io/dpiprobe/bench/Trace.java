// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Makes packets for benchmarks: many conversations that differ in address and port. */
public enum Trace {
    /** A SYN each, every one a flow of its own: what a flood looks like. */
    TINY_FLOWS {
        @Override
        byte[][] conversation(int number) {
            return new byte[][] {tcp(number, true, SYN, 0, NOTHING)};
        }
    },
    /** A query and its answer. */
    DNS {
        @Override
        byte[][] conversation(int number) {
            byte[] question =
                    HexFormat.of().parseHex("12340100000100000000000003777777076578616d706c6503636f6d0000010001");
            byte[] answer = HexFormat.of()
                    .parseHex("12348180000100010000000003777777076578616d706c6503636f6d0000010001"
                            + "c00c000100010000003c00045db8d822");
            return new byte[][] {udp(number, true, 53, question), udp(number, false, 53, answer)};
        }
    },
    /** A small HTTP exchange in ten packets, handshake and farewell included. */
    HTTP {
        @Override
        byte[][] conversation(int number) {
            byte[] request = "GET /index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: bench/1.0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] body = new byte[1200];
            Arrays.fill(body, (byte) 'x');
            byte[] response = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1200\r\n\r\n"
                            + new String(body, StandardCharsets.US_ASCII))
                    .getBytes(StandardCharsets.US_ASCII);
            int asked = 1 + request.length;
            int answered = 1 + response.length;
            return new byte[][] {
                tcp(number, true, SYN, 0, NOTHING),
                tcp(number, false, SYN | ACK, 0, 1, NOTHING),
                tcp(number, true, ACK, 1, 1, NOTHING),
                tcp(number, true, ACK, 1, 1, request),
                tcp(number, false, ACK, 1, asked, NOTHING),
                tcp(number, false, ACK, 1, asked, response),
                tcp(number, true, ACK, asked, answered, NOTHING),
                tcp(number, true, FIN | ACK, asked, answered, NOTHING),
                tcp(number, false, FIN | ACK, answered, asked + 1, NOTHING),
                tcp(number, true, ACK, asked + 1, answered + 1, NOTHING)
            };
        }
    };

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final byte[] NOTHING = {};
    private static final int HEADERS = 14 + 20;

    /** The Ethernet frames of one conversation. */
    abstract byte[][] conversation(int number);

    private static byte[] udp(int number, boolean fromClient, int serverPort, byte[] payload) {
        byte[] frame = ip(number, fromClient, 17, 8 + payload.length);
        ports(frame, number, fromClient, serverPort);
        u16(frame, HEADERS + 4, 8 + payload.length);
        System.arraycopy(payload, 0, frame, HEADERS + 8, payload.length);
        return frame;
    }

    private static byte[] tcp(int number, boolean fromClient, int flags, int seq, byte[] payload) {
        return tcp(number, fromClient, flags, seq, 0, payload);
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static byte[] tcp(int number, boolean fromClient, int flags, int seq, int ack, byte[] payload) {
        byte[] frame = ip(number, fromClient, 6, 20 + payload.length);
        ports(frame, number, fromClient, 80);
        u16(frame, HEADERS + 6, seq);
        u16(frame, HEADERS + 10, ack);
        frame[HEADERS + 12] = 0x50;
        frame[HEADERS + 13] = (byte) flags;
        System.arraycopy(payload, 0, frame, HEADERS + 20, payload.length);
        return frame;
    }

    private static byte[] ip(int number, boolean fromClient, int protocol, int length) {
        byte[] frame = new byte[HEADERS + length];
        frame[12] = 8;
        frame[14] = 0x45;
        u16(frame, 16, 20 + length);
        frame[22] = 64;
        frame[23] = (byte) protocol;
        int client = 0x0a000000 | ((number >>> 8) & 0xffffff);
        int server = 0xc0a80001;
        u32(frame, 26, fromClient ? client : server);
        u32(frame, 30, fromClient ? server : client);
        return frame;
    }

    private static void ports(byte[] frame, int number, boolean fromClient, int serverPort) {
        int client = 20_000 + (number & 0xff);
        u16(frame, HEADERS, fromClient ? client : serverPort);
        u16(frame, HEADERS + 2, fromClient ? serverPort : client);
    }

    private static void u16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }

    private static void u32(byte[] frame, int at, int value) {
        u16(frame, at, value >>> 16);
        u16(frame, at + 2, value);
    }
}
