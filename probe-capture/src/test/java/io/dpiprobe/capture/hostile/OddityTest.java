// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Undecodable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets and strings that nobody sends by accident. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OddityTest {
    private static final long YEAR_NS = TimeUnit.DAYS.toNanos(365);
    private static final long MIB = 1024 * 1024;

    @Test
    void timeGoesBackAndForthByYears() {
        Attack attack = new Attack(100);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long at = random.nextLong(-5, 90) * YEAR_NS;
            byte[] frame = Attack.client(1000 + i % 50, 53).udp(new byte[12]);
            attack.frame(frame, at, frame.length, LinkType.ETHERNET);
        }
        attack.finish();
        assertThat(attack.statistics().decoded()).isEqualTo(20_000);
        assertThat(attack.statistics().flowsActive()).isZero();
        assertThat(attack.written(EventType.FLOW)).isEqualTo(attack.statistics().flowsCreated());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 14, 20, 33, 34, 40, 53})
    void ofEachPacketOnlyTheFirstBytesWereCaptured(int snapLength) {
        Attack attack = new Attack(100);
        byte[] whole = Attack.client(1000, 80).tcp(2, 1, 0, new byte[100]);
        for (int linkType :
                new int[] {LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.RAW, LinkType.NULL, LinkType.PPP}) {
            attack.frame(java.util.Arrays.copyOf(whole, snapLength), 1000, whole.length, linkType);
        }
        long undecodable = 0;
        for (Undecodable reason : Undecodable.values()) {
            undecodable += attack.statistics().undecodable(reason);
        }
        assertThat(undecodable + attack.statistics().decoded())
                .as("each is accounted for")
                .isEqualTo(5);
        assertThat(attack.finish().statistics().flowsCreated()).isLessThanOrEqualTo(1);
    }

    @Test
    void jumboFramesAreReadWhole() {
        byte[] body = "a".repeat(60_000).getBytes(StandardCharsets.US_ASCII);
        List<JsonNode> http = Dialogue.tcp(80)
                .client("GET /big HTTP/1.0\r\n\r\n")
                .server("HTTP/1.0 200 OK\r\nContent-Length: 60000\r\n\r\n")
                .server(body)
                .close()
                .bodies("http");

        assertThat(http)
                .singleElement()
                .satisfies(event -> assertThat(event.path("length").asInt()).isEqualTo(60_000));
    }

    /** Every character there is, in places where a name is copied: the events are checked as they are written. */
    @Test
    void stringsOfEveryByte() {
        ByteArrayOutputStream every = new ByteArrayOutputStream();
        for (int c = 0; c < 256; c++) {
            if (c != '\n' && c != '\r' && c != ' ') {
                every.write(c);
            }
        }
        every.writeBytes("\u202e\u2066\u200f\ufeff\ud83d\ude00".getBytes(StandardCharsets.UTF_8));
        every.writeBytes(HexFormat.of().parseHex("c080edbfbff4908080fe80e2"));
        String name = every.toString(StandardCharsets.ISO_8859_1);
        List<JsonNode> http = Dialogue.tcp(80)
                .client("GET /" + name + " HTTP/1.1\r\nHost: " + name + "\r\nUser-Agent: " + name + "\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .close()
                .bodies("http");

        assertThat(http).hasSize(1);
        assertThat(http.get(0).toString().chars().filter(c -> c < ' ')).isEmpty();
    }

    @Test
    void namesOfSixtyFourKilobytesAreCutAndTheEventSaysSo() {
        String name = "n".repeat(30_000);
        Dialogue dialogue = Dialogue.tcp(80);
        dialogue.client("GET /" + name + " HTTP/1.1\r\nHost: a\r\nUser-Agent: " + name + "\r\n\r\n");
        dialogue.server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").close();

        assertThat(dialogue.events().ofType("http")).singleElement().satisfies(event -> {
            assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
            assertThat(event.toString().length()).isLessThan(JsonWriter.MAX_EVENT_BYTES);
        });
    }

    @Test
    void aCompressionBombIsOpenedNoFurtherThanAllowed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        Dialogue dialogue = Dialogue.tcp(80).client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        dialogue.server("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
        long before = Attack.heapBytes();
        for (int at = 0; at < packed.size(); at += 1400) {
            dialogue.server(java.util.Arrays.copyOfRange(packed.toByteArray(), at, Math.min(at + 1400, packed.size())));
        }
        assertThat(Attack.heapBytes() - before).isLessThan(8 * MIB);
        assertThat(dialogue.close().bodies("fileinfo"))
                .singleElement()
                .satisfies(file -> assertThat(file.path("size").asLong())
                        .as("the cap and the chunk that reached it")
                        .isBetween(64 * MIB, 64 * MIB + 8 * 1024));
    }

    /** A certificate in a handshake: lengths of four gigabytes, ten thousand levels, nothing at all. */
    @Test
    void certificatesThatMakeNoSense() {
        String nested = "3080".repeat(10_000);
        for (String der : new String[] {
            "3084ffffffff", "30847fffffff0203", "30820004308000", nested, "3000", "a003020102" + nested
        }) {
            int length = der.length() / 2;
            String handshake = "0b%06x%06x%06x%s".formatted(length + 6, length + 3, length, der);
            Dialogue dialogue = Dialogue.tcp(443).client(hex(CLIENT_HELLO)).server(hex(SERVER_HELLO));
            byte[] bytes = hex(handshake);
            for (int at = 0; at < bytes.length; at += 16_000) {
                byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 16_000));
                dialogue.server(
                        hex("160303%04x".formatted(part.length) + HexFormat.of().formatHex(part)));
            }
            assertThat(dialogue.close().bodies("tls")).hasSize(1);
        }
    }

    @Test
    void lengthsOfZeroEverywhere() {
        Attack attack = new Attack(100);
        for (int protocol = 0; protocol < 256; protocol++) {
            byte[] frame = io.dpiprobe.capture.packet.PacketBytes.from("10.0.0.1", 0)
                    .to("10.0.0.2", 0)
                    .ip(protocol, new byte[0]);
            attack.frame(frame);
            frame[14 + 2] = 0;
            frame[14 + 3] = 0;
            attack.frame(frame);
        }
        attack.frame(Attack.client(1, 2).udp(new byte[0]))
                .frame(new byte[0])
                .frame(new byte[14])
                .finish();
        assertThat(attack.statistics().inspector().failures()).isZero();
        assertThat(attack.written(EventType.FLOW)).isEqualTo(attack.statistics().flowsCreated());
    }

    /** Version 1.2, a random of zeros, one cipher suite, no extension. */
    private static final String CLIENT_HELLO =
            "160301002d" + "01000029" + "0303" + "00".repeat(32) + "00" + "0002002f" + "0100";

    private static final String SERVER_HELLO =
            "160303002a" + "02000026" + "0303" + "00".repeat(32) + "00" + "002f" + "00";

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
