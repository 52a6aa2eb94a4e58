// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.eve.EventType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for ever that nobody answers, and messages that never end: what waits is bounded. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OneSidedTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 20_000);
    /** Bytes sent one by one: a tenth of a megabyte in a normal run, a megabyte in a long one. */
    private static final int SINGLE_BYTES = Integer.getInteger("hostile.bytes", 100_000);

    private static final long MIB = 1024 * 1024;
    private static final int PORT = 5000;

    @Test
    void smbRequestsWithoutAnswers() {
        assertThat(growth(445, OneSidedTest::smbCreate)).isLessThan(4 * MIB);
    }

    @Test
    void ldapSearchesWithoutAnswers() {
        assertThat(growth(
                        389,
                        i -> hex("30280204%08x632004000a01020a0100020100020100010100870b6f626a656374436c6173733000"
                                .formatted(i))))
                .isLessThan(4 * MIB);
    }

    @Test
    void httpRequestsWithoutAnswers() {
        assertThat(growth(80, i -> ascii("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n")))
                .isLessThan(4 * MIB);
    }

    @Test
    void smtpCommandsWithoutAnswers() {
        assertThat(growth(25, i -> ascii("RCPT TO:<a" + i + "@example.org>\r\n")))
                .isLessThan(4 * MIB);
    }

    @Test
    void dnsQueriesWithoutAnswers() {
        Attack attack = new Attack(1000);
        long before = Attack.heapBytes();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] query = hex("%04x01000001000000000000076578616d706c65036f72670000010001".formatted(i & 0xFFFF));
            attack.frame(Attack.client(PORT, 53).udp(query));
        }
        assertThat(Attack.heapBytes() - before).isLessThan(4 * MIB);
        assertThat(attack.finish().written(EventType.DNS))
                .as("each is an event")
                .isEqualTo(REQUESTS);
    }

    @Test
    void dhcpDiscoversWithoutOffers() {
        Attack attack = new Attack(1000);
        long before = Attack.heapBytes();
        for (int i = 0; i < REQUESTS; i++) {
            ByteBuffer message = ByteBuffer.allocate(244);
            message.putInt(0x01010600).putInt(i).position(28).putLong(0x0200_0000_0000_0000L + i);
            message.putInt(236, 0x63825363).putInt(240, 0x350101ff);
            attack.frame(Attack.client(68, 67).udp(message.array()));
        }
        assertThat(Attack.heapBytes() - before).isLessThan(4 * MIB);
        assertThat(attack.finish().written(EventType.DHCP)).isEqualTo(REQUESTS);
    }

    @Test
    void ikeThatNobodyAnswersIsOneFlow() {
        Attack attack = new Attack(1000);
        long before = Attack.heapBytes();
        for (int i = 0; i < REQUESTS; i++) {
            attack.frame(
                    Attack.client(500, 500).udp(hex("%016x0000000000000000212022080000000000000020".formatted(i))));
        }
        assertThat(Attack.heapBytes() - before).isLessThan(4 * MIB);
        assertThat(attack.statistics().flowsActive()).isEqualTo(1);
    }

    /** One connection, one message that does not end, a byte in each packet. */
    @ParameterizedTest
    @CsvSource({
        "80, 'GET /'",
        "80, 'GET / HTTP/1.1\r\nHost: '",
        "25, 'EHLO a\r\nMAIL FROM:<'",
        "21, 'USER '",
        "110, 'USER '",
        "143, 'a LOGIN '",
        "22, 'SSH-2.0-a\r\n'",
        "445, hex:0000fff0fe534d42400000000000",
        "443, hex:16030100ff010000fb0303",
        "53, hex:fff0000101000001",
        "389, hex:308400010000020101",
        "88, hex:0000fff06a8200",
        "3389, hex:0300ffff02f080",
        "5432, hex:0000ff0000030000",
        "3306, hex:ffff000085a6",
        "1433, hex:1201ffff00000000",
        "2049, hex:8000fff0000000010000000000000002000186a3",
        "135, hex:05000b0310000000fff00000",
        "8080, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'",
        "5900, 'RFB 003.008\n'",
        "23, hex:fffd18fffb01",
    })
    void aMessageInSingleBytes(int port, String beginning) {
        Attack attack = new Attack(10).open(PORT, port);
        byte[] first = beginning.startsWith("hex:") ? hex(beginning.substring(4)) : ascii(beginning);
        attack.sends(PORT, port, first);
        long before = Attack.heapBytes();
        byte[] single = {'1'};
        for (int i = 0; i < SINGLE_BYTES; i++) {
            attack.sends(PORT, port, single);
        }
        assertThat(attack.statistics().inspector().shownAgainBytes())
                .as("work")
                .isLessThan(65L * MIB + 64L * (SINGLE_BYTES + first.length));
        assertThat(Attack.heapBytes() - before).as("memory").isLessThan(4 * MIB);
        assertThat(attack.statistics().inspector().failures()).isZero();
        assertThat(attack.finish().eventBytes()).isLessThan(SINGLE_BYTES * 20L + MIB);
    }

    /** Memory that one connection has taken after many requests. */
    private static long growth(int serverPort, IntFunction<byte[]> request) {
        Attack attack = new Attack(10).open(PORT, serverPort);
        for (int i = 0; i < 100; i++) {
            attack.sends(PORT, serverPort, request.apply(i));
        }
        long before = Attack.heapBytes();
        for (int i = 100; i < REQUESTS; i++) {
            attack.sends(PORT, serverPort, request.apply(i));
        }
        long growth = Attack.heapBytes() - before;
        assertThat(attack.statistics().inspector().failures()).isZero();
        attack.finish();
        return growth;
    }

    /** CREATE of SMB 3 with a name and a message id of its own. */
    private static byte[] smbCreate(int id) {
        byte[] name = ("file" + id + ".docx").getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer message = ByteBuffer.allocate(4 + 64 + 56 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 0)
                .put((byte) 0)
                .put((byte) ((message.capacity() - 4) >> 8))
                .put((byte) (message.capacity() - 4));
        message.put(hex("fe534d42"))
                .putShort((short) 64)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) 5);
        message.putShort((short) 1)
                .putInt(0)
                .putInt(0)
                .putLong(id)
                .putInt(0)
                .putInt(1)
                .putLong(7)
                .position(4 + 64);
        message.putShort((short) 57).position(4 + 64 + 44);
        message.putShort((short) 120).putShort((short) name.length).position(4 + 64 + 56);
        return message.put(name).array();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
