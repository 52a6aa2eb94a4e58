// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.REPLY;
import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.ascii;
import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.block;
import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.join;
import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.message;
import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.utf16;
import static io.dpiprobe.capture.protocol.smb.Smb1Bytes.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Smb1Test {
    private static final int NO_MORE = 0xff;
    /** Two dialects are offered, the second is taken; the server says who it is. */
    private static final byte[] NEGOTIATE = HexFormat.of()
            .parseHex(
                    // frame, then ff "SMB", negotiate, status, flags 18, flags2 c801, ..., tid ffff, pid 1, uid 0, mid
                    // 1
                    "00000033" + "ff534d42" + "72" + "00000000" + "18" + "01c8" + "000000000000000000000000"
                            + "ffff" + "0100" + "0000" + "0100"
                            // no words, 16 bytes: "A" and "NT LM 0.12"
                            + "00" + "1000" + "024100" + "024e54204c4d20302e313200" + "00");

    @Test
    void readsNegotiation() {
        byte[] words = join(
                words(1),
                new byte[] {3},
                new byte[16], // SecurityMode up to SessionKey
                new byte[] {0, 0, 0, (byte) 0x80},
                new byte[11]); // Capabilities, time, zone, no challenge
        byte[] server = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
        JsonNode smb = only(Dialogue.tcp(445).client(NEGOTIATE).server(message(0x72, REPLY, 0, words, server)));

        assertThat(smb.path("command").asText()).isEqualTo("SMB1_COMMAND_NEGOTIATE_PROTOCOL");
        assertThat(smb.path("client_dialects").toString()).isEqualTo("[\"A\",\"NT LM 0.12\"]");
        assertThat(smb.path("dialect").asText()).isEqualTo("NT LM 0.12");
        assertThat(smb.path("server_guid").asText()).isEqualTo("33221100-5544-7766-9988-bbaaffeeddcc");
    }

    @Test
    void readsLoginWithPasswords() {
        byte[] words = words(NO_MORE, 0, 0, 0, 0, 0, 0, 24, 0, 0, 0, 0, 0);
        byte[] bytes = join(new byte[24 + 1], utf16("ann"), utf16("CORP"), utf16("Unix"), utf16("Samba"));
        Dialogue dialogue = Dialogue.tcp(139).client(message(0x73, 0, 0, words, bytes));
        byte[] answer = join(new byte[1], utf16("Windows 5.1"), utf16("LAN"), utf16("CORP"));
        JsonNode smb = only(dialogue.server(message(0x73, REPLY, 0, words(NO_MORE, 0, 0), answer)));

        assertThat(smb.path("ntlmssp").toString()).isEqualTo("{\"domain\":\"CORP\",\"user\":\"ann\"}");
        assertThat(smb.path("request").path("native_os").asText()).isEqualTo("Unix");
        assertThat(smb.path("response").path("native_lm").asText()).isEqualTo("LAN");
        assertThat(smb.path("session_id").asInt()).isEqualTo(2048);
    }

    @Test
    void readsTreeConnect() {
        JsonNode smb = only(connected(Dialogue.tcp(445), "A:"));

        assertThat(smb.path("share").asText()).isEqualTo("\\\\fs\\docs");
        assertThat(smb.path("service").toString()).isEqualTo("{\"request\":\"?????\",\"response\":\"A:\"}");
        assertThat(smb.path("tree_id").asInt()).isEqualTo(7);
    }

    @Test
    void followsFileFromCreationToClose() {
        Dialogue dialogue = opened(connected(Dialogue.tcp(445), "A:"), "\\plan.docx");
        dialogue.client(write("hello ", 0)).client(write("world", 6));
        dialogue.client(message(0x04, 0, 0, words(0x4001, 0, 0), new byte[0]));

        JsonNode create = dialogue.bodies("smb").get(1);
        assertThat(create.path("filename").asText()).isEqualTo("\\plan.docx");
        assertThat(create.path("disposition").asText()).isEqualTo("FILE_OVERWRITE_IF");
        assertThat(create.path("fuid").asText()).isEqualTo("4001");
        JsonNode file = dialogue.bodies("fileinfo").get(0);
        assertThat(file.path("size").asInt()).isEqualTo(11);
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");
        assertThat(file.path("md5").asText()).isEqualTo("5eb63bbbe01eeed093cb22bb8f5acdc3"); // of "hello world"
    }

    @Test
    void saysThatPartsOfAFileAreMissing() {
        Dialogue dialogue = opened(connected(Dialogue.tcp(445), "A:"), "\\plan.docx");
        dialogue.client(write("hello ", 0)).client(write("world", 100)).close();

        JsonNode file = dialogue.bodies("fileinfo").get(0);
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(file.path("gaps").asBoolean()).isTrue();
        assertThat(file.path("size").asInt()).isEqualTo(105);
    }

    @Test
    void readsEveryCommandOfAChain() {
        // LOCKING_ANDX of 8 words, then LOGOFF_ANDX of 2
        byte[] locking = block(words(0x74, 32 + 3 + 16, 0, 0, 0, 0, 0, 0), new byte[0]);
        byte[] logoff = block(words(NO_MORE, 0), new byte[0]);
        Dialogue dialogue = Dialogue.tcp(445).client(message(0x24, 0, 0, 0xc000, join(locking, logoff)));

        assertThat(dialogue.close().bodies("smb"))
                .extracting(smb -> smb.path("command").asText())
                .containsExactly("SMB1_COMMAND_LOCKING_ANDX", "SMB1_COMMAND_LOGOFF_ANDX");
    }

    @Test
    void endsChainThatPointsBack() {
        byte[] locking = block(words(0x24, 32, 0, 0, 0, 0, 0, 0), new byte[0]);
        Dialogue dialogue = Dialogue.tcp(445).client(message(0x24, 0, 0, 0xc000, locking));
        assertThat(dialogue.close().bodies("smb")).hasSize(1);
    }

    @Test
    void namesErrorsInTheStyleOfDos() {
        Dialogue dialogue = Dialogue.tcp(445).client(message(0x74, 0, 0, words(NO_MORE, 0), new byte[0]));
        int badUser = 0x005b_0002; // class 2, code 5b
        JsonNode smb = only(dialogue.server(message(0x74, REPLY, badUser, 0, block(new byte[0], new byte[0]))));

        assertThat(smb.path("status").asText()).isEqualTo("SRV_BADUID");
        assertThat(smb.path("status_code").asText()).isEqualTo("0x005b");
    }

    @Test
    void readsRename() {
        byte[] names = join(new byte[] {4}, utf16("\\a.doc"), new byte[] {4, 0}, utf16("\\a.locked"));
        JsonNode smb = only(Dialogue.tcp(445)
                .client(message(0x07, 0, 0, words(0), names))
                .server(message(0x07, REPLY, 0, new byte[0], new byte[0])));
        assertThat(smb.path("rename").toString()).isEqualTo("{\"from\":\"\\\\a.doc\",\"to\":\"\\\\a.locked\"}");
    }

    @Test
    void readsCallThroughPipe() {
        Dialogue dialogue = connected(Dialogue.tcp(445), "IPC");
        byte[] call = HexFormat.of()
                .parseHex(
                        "0500000310000000" + "1c00" + "0000" + "07000000" + "04000000" + "0000" + "0f00" + "aabbccdd");
        int data = 32 + 1 + 2 * 16 + 2 + 15 + 1;
        byte[] words = words(0, 28, 0, 0, 0, 0, 0, 0, 0, 0, data, 28, data, 2, 0x26, 0x4000);
        dialogue.client(message(0x25, 0, 0, words, join(new byte[1], utf16("\\PIPE\\"), new byte[1], call)));
        byte[] answer = HexFormat.of()
                .parseHex("05000203" + "10000000" + "1c00" + "0000" + "07000000" + "04000000" + "0000" + "0000"
                        + "11223344");
        byte[] answered = words(0, 28, 0, 0, 0, 0, 28, 32 + 1 + 20 + 2, 0, 0);
        dialogue.server(message(0x25, REPLY, 0, answered, answer));

        JsonNode rpc = dialogue.bodies("smb").get(1).path("dcerpc");
        assertThat(rpc.path("opnum").asInt()).isEqualTo(15);
        assertThat(rpc.path("response").asText()).isEqualTo("RESPONSE");
    }

    @Test
    void showsWhatIsWrittenIntoAPipeAndIsNoCall() {
        Dialogue dialogue = connected(Dialogue.tcp(445), "IPC");
        byte[] letters = "A".repeat(24).getBytes(StandardCharsets.US_ASCII);
        byte[] words = words(NO_MORE, 0, 0x4002, 0, 0, 0, 0, 4, 0, 0, letters.length, 32 + 1 + 28 + 2, 0, 0);
        dialogue.client(message(0x2f, 0, 0, words, letters));
        dialogue.server(message(0x2f, REPLY, 0, words(NO_MORE, 0, letters.length, 0, 0, 0), new byte[0]));

        JsonNode write = dialogue.bodies("smb").get(1);
        assertThat(write.path("command").asText()).isEqualTo("SMB1_COMMAND_WRITE_ANDX");
        assertThat(write.path("status").asText()).isEqualTo("STATUS_SUCCESS");
        assertThat(write.has("dcerpc")).isFalse();
        assertThat(dialogue.bodies("fileinfo")).isEmpty();
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        byte[] create = create("\\plan.docx");
        Dialogue dialogue = Dialogue.tcp(445).clientByteByByte(NEGOTIATE).clientByteByByte(create);
        assertThat(dialogue.close().bodies("smb")).hasSize(2);
    }

    @Test
    void refusesMoreWordsThanThereAre() {
        byte[] create = create("\\plan.docx");
        Dialogue dialogue = Dialogue.tcp(445).client(NEGOTIATE);
        byte[] cut = Arrays.copyOf(create, 40);
        cut[3] = 36; // the frame ends inside the words
        assertThat(dialogue.client(cut).close().bodies("smb")).hasSize(1);
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("smb")).hasSize(1);
        return dialogue.bodies("smb").get(0);
    }

    private static Dialogue connected(Dialogue dialogue, String service) {
        byte[] path = join(new byte[1], utf16("\\\\fs\\docs"), ascii("?????")); // a password of one byte
        dialogue.client(message(0x75, 0, 0, words(NO_MORE, 0, 0, 1), path));
        return dialogue.server(message(0x75, REPLY, 0, words(NO_MORE, 0, 0), ascii(service)));
    }

    private static Dialogue opened(Dialogue dialogue, String name) {
        dialogue.client(create(name));
        byte[] file = {0, 0x01, 0x40}; // no oplock, FID 4001
        byte[] words = join(words(NO_MORE, 0), file, new byte[4 + 32 + 4 + 8 + 8 + 2 + 2 + 1]);
        return dialogue.server(message(0xa2, REPLY, 0, words, new byte[0]));
    }

    private static byte[] create(String name) {
        byte[] words = join(words(NO_MORE, 0), new byte[31], new byte[] {5, 0, 0, 0}, new byte[9]);
        return message(0xa2, 0, 0, words, join(new byte[1], utf16(name)));
    }

    private static byte[] write(String data, int offset) {
        byte[] bytes = data.getBytes(StandardCharsets.US_ASCII);
        byte[] words = words(NO_MORE, 0, 0x4001, offset, 0, 0, 0, 0, 0, 0, bytes.length, 32 + 1 + 24 + 2);
        return message(0x2f, 0, 0, words, bytes);
    }
}
