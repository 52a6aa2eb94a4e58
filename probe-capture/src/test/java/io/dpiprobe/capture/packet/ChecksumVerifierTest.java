// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChecksumVerifierTest {
    /**
     * <pre>
     *   45 00 0021 0000 0000 40 11 66c8 0a000001 0a000002     IPv4, 33 bytes, UDP, 10.0.0.1 to 10.0.0.2
     *   0001 0002 000d 2f11 68656c6c6f                         UDP from 1 to 2, 13 bytes: hello
     * </pre>
     */
    private static final String UDP =
            "450000210000000040116" + "6ca" + "0a0000010a000002" + "00010002000d" + "%s" + "68656c6c6f";

    private final Packet packet = new Packet();

    @Test
    void acceptsWhatAddsUp() {
        assertThat(decode(Checksums.VERIFIED, UDP.formatted(checksum()))).isNull();
        assertThat(decode(Checksums.VERIFIED, UDP.formatted("0000")))
                .as("none computed")
                .isNull();
    }

    @Test
    void refusesAWrongChecksum() {
        assertThat(decode(Checksums.VERIFIED, UDP.formatted("1234"))).isEqualTo(Undecodable.BAD_CHECKSUM);
        assertThat(packet.anomalies()).isEqualTo(1L << DecodeAnomaly.UDP_INVALID_CHECKSUM.ordinal());
        assertThat(decode(Checksums.IGNORED, UDP.formatted("1234"))).isNull();
    }

    @Test
    void refusesAWrongIpHeaderChecksum() {
        String frame = UDP.formatted("0000").replaceFirst("66ca", "66cb");

        assertThat(decode(Checksums.VERIFIED, frame)).isEqualTo(Undecodable.BAD_CHECKSUM);
        assertThat(packet.anomalies()).isEqualTo(1L << DecodeAnomaly.IPV4_INVALID_CHECKSUM.ordinal());
    }

    @Test
    void believesWhatWasNotCapturedWhole() {
        String cut = UDP.formatted("1234");

        assertThat(decode(Checksums.VERIFIED, cut.substring(0, cut.length() - 4)))
                .isNull();
    }

    /** The checksum of the datagram above, computed the long way (RFC 768). */
    private static String checksum() {
        int[] words = {
            0x0a00, 1, 0x0a00, 2, 17, 13, 1, 2, 13, 0x6865, 0x6c6c, 0x6f00 // addresses, protocol, length, datagram
        };
        int sum = 0;
        for (int word : words) {
            sum += word;
        }
        sum = (sum & 0xffff) + (sum >> 16);
        return "%04x".formatted(~sum & 0xffff);
    }

    private @Nullable Undecodable decode(Checksums checksums, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        packet.header(0, 1, 33);
        return new Decoder(checksums).decode(new UnsafeBuffer(bytes), LinkType.RAW, packet);
    }
}
