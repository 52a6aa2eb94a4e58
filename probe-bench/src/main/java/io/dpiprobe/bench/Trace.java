// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes packets for benchmarks: many conversations that differ in address and port. */
public enum Trace {
    /** A SYN each, every one a flow of its own: what a flood looks like. */
    TINY_FLOWS {
        @Override
        List<byte[]> conversation(int number) {
            return new Frames(number, 80).syn().all();
        }
    },
    /** A query and its answer. */
    DNS {
        @Override
        List<byte[]> conversation(int number) {
            return new Frames(number, 53)
                    .udp(true, DNS_QUERY)
                    .udp(false, DNS_ANSWER)
                    .all();
        }
    },
    /** A handshake of TLS 1.2 or 1.3 in turns, with a little data. */
    TLS {
        @Override
        List<byte[]> conversation(int number) {
            Frames frames = new Frames(number, 443).handshake();
            TlsHandshake.ofVersion((number & 1) == 0 ? "TLSv1.2" : "TLSv1.3").play(frames);
            return frames.farewell().all();
        }
    },
    /** A small HTTP exchange, handshake and farewell included. */
    HTTP {
        @Override
        List<byte[]> conversation(int number) {
            return http(number, 1200);
        }
    },
    /** A file of a megabyte over HTTP. */
    BULK {
        @Override
        List<byte[]> conversation(int number) {
            return http(number, 1 << 20);
        }
    },
    /** What a network carries: many names and handshakes, some pages, few long transfers; 7 KB for each flow. */
    MIXED {
        @Override
        List<byte[]> conversation(int number) {
            int kind = (number * 0x9e3779b1) >>> 24; // spread evenly over 0 to 255
            if (kind < 110) {
                return DNS.conversation(number);
            }
            if (kind < 140) {
                return TINY_FLOWS.conversation(number);
            }
            if (kind < 200) {
                return TLS.conversation(number);
            }
            if (kind < 240) {
                return HTTP.conversation(number);
            }
            return kind < 255 ? chat(number) : http(number, 1 << 20);
        }
    };

    private static final byte[] DNS_QUERY =
            HexFormat.of().parseHex("12340100000100000000000003777777076578616d706c6503636f6d0000010001");
    private static final byte[] DNS_ANSWER = HexFormat.of()
            .parseHex("12348180000100010000000003777777076578616d706c6503636f6d0000010001"
                    + "c00c000100010000003c00045db8d822");
    private static final byte[] REQUEST = ascii("""
            GET /index.html HTTP/1.1\r
            Host: www.example.com\r
            User-Agent: bench/1.0\r
            Accept: text/html\r
            \r
            """);

    /** The Ethernet frames of one conversation. */
    abstract List<byte[]> conversation(int number);

    /** Conversations that are under way at the same time. */
    int concurrent() {
        return this == BULK ? 50 : 1_000;
    }

    /** Packets of one pass that measure it well: up to a gigabyte, and a million flows at once. */
    long packets() {
        return switch (this) {
            case TINY_FLOWS, BULK -> 1_000_000;
            case DNS -> 1_500_000;
            case TLS, HTTP -> 2_000_000;
            case MIXED -> 2_600_000;
        };
    }

    private static List<byte[]> http(int number, int bodyLength) {
        byte[] head =
                ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + bodyLength + "\r\n\r\n");
        byte[] response = Arrays.copyOf(head, head.length + bodyLength);
        Arrays.fill(response, head.length, response.length, (byte) 'x');
        return new Frames(number, 80)
                .handshake()
                .send(true, REQUEST)
                .send(false, response)
                .farewell()
                .all();
    }

    /** A long conversation of small messages in a protocol that nobody knows. */
    private static List<byte[]> chat(int number) {
        Frames frames = new Frames(number, 7777).handshake();
        for (int i = 0; i < 40; i++) {
            frames.send((i & 1) == 0, ascii("message " + i + " of a conversation that means nothing to anyone"));
        }
        return frames.farewell().all();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
