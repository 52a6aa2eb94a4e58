// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SshDissectorTest {
    private static final String BANNER = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n";
    /** SSH_MSG_NEWKEYS: length 12, padding 10. */
    private static final byte[] NEWKEYS = {0, 0, 0, 12, 10, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @Test
    void readsIdentificationAndAlgorithmsOfBothSides() {
        Dialogue dialogue = Dialogue.tcp(2222)
                .client(BANNER)
                .server("SSH-2.0-dropbear\r\n")
                .client(kexInit())
                .server(kexInit())
                .client(NEWKEYS)
                .server(NEWKEYS);

        assertThat(dialogue.bodies("ssh")).hasSize(1);
        JsonNode ssh = dialogue.bodies("ssh").get(0);
        assertThat(ssh.at("/client/proto_version").asText()).isEqualTo("2.0");
        assertThat(ssh.at("/client/software_version").asText()).isEqualTo("OpenSSH_9.2p1");
        assertThat(ssh.at("/client/hassh/string").asText()).isEqualTo("kex;enc-cs;mac-cs;comp-cs");
        assertThat(ssh.at("/client/hassh/hash").asText()).isEqualTo("f0c722d17513a153482f4d25276a2652");
        assertThat(ssh.at("/server/software_version").asText()).isEqualTo("dropbear");
        assertThat(ssh.at("/server/hassh/string").asText()).isEqualTo("kex;enc-sc;mac-sc;comp-sc");
        assertThat(dialogue.close().appProto()).isEqualTo("ssh");
        assertThat(dialogue.bodies("ssh")).hasSize(1);
    }

    @Test
    void writesWhatItKnowsWhenTheConnectionEndsEarly() {
        Dialogue dialogue = Dialogue.tcp(22).client(BANNER).close();

        JsonNode ssh = dialogue.bodies("ssh").get(0);
        assertThat(ssh.has("client")).isTrue();
        assertThat(ssh.has("server")).isFalse();
    }

    @Test
    void readsOneSideWhenTheOtherLosesBytes() {
        Dialogue dialogue =
                Dialogue.tcp(22).client(BANNER).clientLoses(100).server(BANNER).close();

        JsonNode ssh = dialogue.bodies("ssh").get(0);
        assertThat(ssh.has("client")).isTrue();
        assertThat(ssh.has("server")).isTrue();
        assertThat(dialogue.events()
                        .ofType("ssh")
                        .get(0)
                        .at("/probe/degraded/0")
                        .asText())
                .isEqualTo("gap");
    }

    @Test
    void readsOneSideWhenTheOtherBreaksTheProtocol() {
        Dialogue dialogue = Dialogue.tcp(22)
                .client(BANNER)
                .client("and then something else")
                .server("SSH-1.99-dropbear\n")
                .server(kexInit())
                .server(NEWKEYS);

        JsonNode ssh = dialogue.bodies("ssh").get(0);
        assertThat(ssh.at("/client/software_version").asText()).isEqualTo("OpenSSH_9.2p1");
        assertThat(ssh.at("/server/proto_version").asText()).isEqualTo("1.99");
        assertThat(ssh.at("/server/hassh/string").asText()).isEqualTo("kex;enc-sc;mac-sc;comp-sc");
        assertThat(dialogue.bodies("anomaly").get(0).path("event").asText()).isEqualTo("invalid_record");
        assertThat(dialogue.statistics().inspector().invalid()).isEqualTo(1);
    }

    /** RFC 4253, 4.2. */
    @Test
    void passesOverLinesBeforeTheIdentificationOfAServer() {
        Dialogue dialogue = Dialogue.tcp(22)
                .server("Authorised users only\r\n\r\n")
                .client(BANNER)
                .server("Be kind\nSSH-2.0-dropbear\r\n")
                .close();

        assertThat(dialogue.bodies("ssh").get(0).at("/server/software_version").asText())
                .isEqualTo("dropbear");
        assertThat(dialogue.bodies("anomaly")).isEmpty();
    }

    @Test
    void refusesLinesBeforeTheIdentificationOfAClient() {
        assertThat(read("hello\r\n")).isEqualTo(Verdict.INVALID);
    }

    @Test
    @Tag("limit:SshPeer.MAX_LINES")
    void passesOverNoMoreLines() {
        SshPeer server = new SshPeer(Direction.TO_CLIENT);
        byte[] line = {'\n'};
        for (int i = 0; i < SshPeer.MAX_LINES; i++) {
            assertThat(read(server, line)).isEqualTo(Verdict.OK);
        }
        assertThat(read(server, line)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void readsNoPacketsOfSsh1() {
        Dialogue dialogue = Dialogue.tcp(22)
                .server("SSH-1.5-1.2.26\n")
                .client("SSH-1.5-1.2.27\n")
                .server("\0\0\1\u000b" + "x".repeat(300));

        assertThat(dialogue.bodies("ssh")).hasSize(1);
        assertThat(dialogue.bodies("ssh").get(0).at("/client/software_version").asText())
                .isEqualTo("1.2.27");
        assertThat(dialogue.bodies("anomaly")).isEmpty();
    }

    @Test
    void writesNoSoftwareThatIsNotNamed() {
        Dialogue dialogue = Dialogue.tcp(22).server("SSH-2.0-\r\n").close();

        assertThat(dialogue.bodies("ssh").get(0)).hasToString("{\"server\":{\"proto_version\":\"2.0\"}}");
    }

    @Test
    void readsMessagesThatComeByteByByte() {
        Dialogue dialogue = Dialogue.tcp(22)
                .clientByteByByte(BANNER.getBytes(StandardCharsets.US_ASCII))
                .clientByteByByte(kexInit())
                .close();

        assertThat(dialogue.bodies("ssh").get(0).at("/client/hassh/string").asText())
                .isEqualTo("kex;enc-cs;mac-cs;comp-cs");
    }

    @Test
    @Tag("limit:SshPeer.MAX_IDENTIFICATION")
    void refusesAnIdentificationLongerThanTheLimit() {
        assertThat(read("SSH-2.0-" + "x".repeat(SshPeer.MAX_IDENTIFICATION))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAnIdentificationWithoutAVersion() {
        assertThat(read("SSH-2.0\r\n")).isEqualTo(Verdict.INVALID);
        assertThat(read("SSH--x\r\n")).isEqualTo(Verdict.INVALID);
    }

    @Test
    @Tag("limit:SshPeer.MAX_PACKET")
    void refusesPacketsOfImpossibleLength() {
        assertThat(read(BANNER, new byte[] {0, 0, 0, 1, 0})).isEqualTo(Verdict.INVALID);
        assertThat(read(BANNER, new byte[] {0, 1, 0, 1, 0})).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAListThatEndsBehindItsPacket() {
        byte[] kexInit = kexInit();
        kexInit[4 + 1 + 1 + 16 + 3] = 99; // length of kex_algorithms

        assertThat(read(BANNER, kexInit)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        for (int length = 0; length < BANNER.length(); length++) {
            assertThat(read(BANNER.substring(0, length))).isEqualTo(Verdict.NEED_MORE);
        }
        byte[] kexInit = kexInit();
        for (int length = 0; length < kexInit.length; length++) {
            assertThat(read(BANNER, Arrays.copyOf(kexInit, length))).isEqualTo(Verdict.NEED_MORE);
        }
    }

    /** SSH_MSG_KEXINIT with a name for each list that says which it is. */
    static byte[] kexInit() {
        String[] lists = {"kex", "host", "enc-cs", "enc-sc", "mac-cs", "mac-sc", "comp-cs", "comp-sc", "", ""};
        ByteBuffer payload = ByteBuffer.allocate(256).put((byte) 20).put(new byte[16]);
        for (String list : lists) {
            payload.putInt(list.length()).put(list.getBytes(StandardCharsets.US_ASCII));
        }
        payload.put((byte) 0).putInt(0).flip();
        int padding = 4;
        ByteBuffer packet = ByteBuffer.allocate(4 + 1 + payload.limit() + padding);
        return packet.putInt(1 + payload.limit() + padding)
                .put((byte) padding)
                .put(payload)
                .array();
    }

    private static Verdict read(String identification) {
        return read(new SshPeer(Direction.TO_SERVER), identification.getBytes(StandardCharsets.US_ASCII));
    }

    private static Verdict read(String identification, byte[] packet) {
        SshPeer peer = new SshPeer(Direction.TO_SERVER);
        assertThat(read(peer, identification.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Verdict.OK);
        return read(peer, packet);
    }

    private static Verdict read(SshPeer peer, byte[] bytes) {
        return peer.read(new Cursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    @Test
    @Tag("limit:SshPeer.MAX_HASSH")
    void refusesListsThatAreTooLongForAFingerprint() {
        assertThat(read("SSH-2.0-a\r\n", kexInit(SshPeer.MAX_HASSH - 3))).isEqualTo(Verdict.OK);
        assertThat(read("SSH-2.0-a\r\n", kexInit(SshPeer.MAX_HASSH + 1))).isEqualTo(Verdict.INVALID);
    }

    /** SSH_MSG_KEXINIT whose first list is so long, and the others empty. */
    private static byte[] kexInit(int length) {
        ByteBuffer packet = ByteBuffer.allocate(4 + 1 + 1 + 16 + 40 + length + 5 + 4);
        packet.putInt(packet.capacity() - 4).put((byte) 4).put((byte) 20).position(22);
        packet.putInt(length).put("k".repeat(length).getBytes(StandardCharsets.US_ASCII));
        return packet.array();
    }
}
