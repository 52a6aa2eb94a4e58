// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.DerBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a handshake has. */
class TlsLimitsTest {
    private static final String BEFORE_SUITES = "0303" + "00".repeat(32) + "00";
    private static final String ONE_SUITE = "0002" + "1301" + "0100";

    @Test
    @Tag("limit:ClientHello.MAX_CIPHER_SUITES")
    void refusesMoreCipherSuites() {
        int most = ClientHello.MAX_CIPHER_SUITES;

        assertThat(hello(BEFORE_SUITES + vector("c02b".repeat(most)) + "0100")).isEqualTo(Verdict.OK);
        assertThat(hello(BEFORE_SUITES + vector("c02b".repeat(most + 1)) + "0100"))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    @Tag("limit:ClientHello.MAX_EXTENSIONS")
    void refusesMoreExtensions() {
        int most = ClientHello.MAX_EXTENSIONS;

        assertThat(hello(BEFORE_SUITES + ONE_SUITE + vector("0a0a0000".repeat(most))))
                .isEqualTo(Verdict.OK);
        assertThat(hello(BEFORE_SUITES + ONE_SUITE + vector("0a0a0000".repeat(most + 1))))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    @Tag("limit:ClientHello.MAX_ALGORITHMS")
    void refusesMoreAlgorithms() {
        for (String type : new String[] {"000a", "000d"}) {
            String most = type + vector(vector("0403".repeat(ClientHello.MAX_ALGORITHMS)));
            String more = type + vector(vector("0403".repeat(ClientHello.MAX_ALGORITHMS + 1)));

            assertThat(hello(BEFORE_SUITES + ONE_SUITE + vector(most))).isEqualTo(Verdict.OK);
            assertThat(hello(BEFORE_SUITES + ONE_SUITE + vector(more))).isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    @Tag("limit:TlsRecord.MAX_LENGTH")
    void refusesLongerRecords() {
        assertThat(afterHello("1603035000")).as("20,480 bytes are announced").isEqualTo(1);
        assertThat(afterHello("1603034000")).as("16,384 bytes are").isZero();
    }

    @Test
    @Tag("limit:TlsPeer.MAX_HANDSHAKE")
    void refusesLongerMessages() {
        String mostLength = "%06x".formatted(TlsPeer.MAX_HANDSHAKE - 4);
        String moreLength = "%06x".formatted(TlsPeer.MAX_HANDSHAKE - 3);

        assertThat(afterHello("1603030004" + "0b" + mostLength)).isZero();
        assertThat(afterHello("1603030004" + "0b" + moreLength)).isEqualTo(1);
    }

    /** A hello that is too long to keep is passed over: nothing is told of it, and the handshake goes on. */
    @Test
    @Tag("limit:HandshakeSide.MAX_KEPT")
    void keepsNoLongerHello() {
        HandshakeSide side = new HandshakeSide();
        side.onMessage(1, slice(32 * 1024 + 1));
        assertThat(side.hello().isEmpty()).isTrue();

        side.onMessage(1, slice(32 * 1024));
        assertThat(side.hello().length()).isEqualTo(32 * 1024);
    }

    @Test
    @Tag("limit:DtlsPeer.MAX_HANDSHAKE")
    void putsNoLongerMessageTogether() {
        assertThat(inTwoFragments(20_000)).isEqualTo(20_000);
        assertThat(inTwoFragments(40_000)).isZero();
    }

    /** How long a hello of two fragments is that comes together. */
    private static int inTwoFragments(int length) {
        HandshakeSide side = new HandshakeSide();
        DtlsPeer peer = new DtlsPeer(side);
        for (int offset : new int[] {0, length / 2}) {
            String fragment = "01%06x0000%06x%06x".formatted(length, offset, length / 2) + "00".repeat(length / 2);
            byte[] record = bytes("16fefd" + "0000" + "000000000000" + "%04x".formatted(12 + length / 2) + fragment);
            peer.read(new Cursor().wrap(new UnsafeBuffer(record), 0, record.length));
        }
        return side.hello().length();
    }

    private static Slice slice(int length) {
        return new Slice().wrap(new UnsafeBuffer(new byte[length]), 0, length);
    }

    /** How many violations there are when a client sends this after its hello. */
    private static long afterHello(String hex) {
        String hello = TlsDissectorTest.message(1, TlsDissectorTest.CLIENT_HELLO);
        return Dialogue.tcp(443)
                .client(TlsDissectorTest.record(22, hello))
                .client(bytes(hex))
                .statistics()
                .inspector()
                .invalid();
    }

    private static Verdict hello(String hex) {
        byte[] bytes = bytes(hex);
        Cursor in = new Cursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        int all = in.enter(bytes.length);
        ClientHello hello = new ClientHello();
        Verdict verdict = hello.read(in);
        in.leave(all);
        return verdict;
    }

    private static String vector(String content) {
        return "%04x".formatted(content.length() / 2) + content;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    @Tag("limit:DistinguishedName.MAX_ATTRIBUTES")
    void writesSoManyAttributesOfAName() {
        byte[] attribute = DerBytes.element(
                0x31, DerBytes.element(0x30, DerBytes.element(6, new byte[] {0x55, 4, 3}), DerBytes.text(0x0c, "a")));
        ByteBuffer name = ByteBuffer.allocate(attribute.length * 200);
        while (name.hasRemaining()) {
            name.put(attribute);
        }
        JsonWriter json = new JsonWriter().clear().beginObject();
        new DistinguishedName()
                .write(json, "subject", new Slice().wrap(new UnsafeBuffer(name.array()), 0, name.capacity()));

        String text = new String(json.bytes(), 0, json.length(), StandardCharsets.US_ASCII);
        assertThat(text.split("CN=a", -1)).hasSize(64 + 1);
    }
}
