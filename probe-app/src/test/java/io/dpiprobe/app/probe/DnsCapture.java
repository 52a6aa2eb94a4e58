// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.source.PcapBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes capture files with any number of DNS queries, each a flow of its own: two events a packet. */
public final class DnsCapture {
    private static final int SECONDS = 1_700_000_000;
    private static final int PACKETS_PER_PIECE = 5000;
    private static final int FILE_HEADER = 24;

    private DnsCapture() {}

    public static Path write(Path file, int queries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int done = 0; done < queries; done += PACKETS_PER_PIECE) {
                PcapBytes piece = new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, LinkType.ETHERNET);
                for (int i = done; i < Math.min(queries, done + PACKETS_PER_PIECE); i++) {
                    piece.packet(SECONDS + i / 10_000, i % 10_000 * 100, query(i));
                }
                byte[] bytes = piece.bytes();
                int from = done == 0 ? 0 : FILE_HEADER;
                out.write(bytes, from, bytes.length - from);
            }
        }
        return file;
    }

    private static byte[] query(int number) {
        String label = "host-%08d".formatted(number);
        String header = "\0\1\1\0\0\1\0\0\0\0\0\0";
        String question = (char) label.length() + label + "\7example\0" + "\0\1\0\1";
        byte[] message = (header + question).getBytes(StandardCharsets.ISO_8859_1);
        String client = "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
        return PacketBytes.from(client, 40_000).to("10.255.0.53", 53).udp(message);
    }
}
