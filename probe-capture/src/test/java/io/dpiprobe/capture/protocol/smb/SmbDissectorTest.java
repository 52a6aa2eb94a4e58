// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SmbDissectorTest {
    private static final int RESPONSE = 1;
    private static final int REQUEST = 0;

    @Test
    void readsTreeConnect() {
        JsonNode smb = Dialogue.tcp(445)
                .client(treeConnect())
                .server(treeConnected())
                .bodies("smb")
                .get(0);

        assertThat(smb.path("command").asText()).isEqualTo("SMB2_COMMAND_TREE_CONNECT");
        assertThat(smb.path("status").asText()).isEqualTo("STATUS_SUCCESS");
        assertThat(smb.path("share").asText()).isEqualTo("\\\\fs\\docs");
        assertThat(smb.path("share_type").asText()).isEqualTo("FILE");
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        Dialogue dialogue = Dialogue.tcp(445).clientByteByByte(treeConnect()).serverByteByByte(treeConnected());
        assertThat(dialogue.bodies("smb")).hasSize(1);
    }

    @Test
    void writesRequestsWithoutAnswerAtTheEnd() {
        JsonNode smb =
                Dialogue.tcp(445).client(treeConnect()).close().bodies("smb").get(0);
        assertThat(smb.has("status")).isFalse();
    }

    @Test
    void waitsForTheAnswerBehindAnInterimResponse() {
        Dialogue dialogue = Dialogue.tcp(445).client(treeConnect());
        dialogue.server(message(Smb2Command.TREE_CONNECT, 0x103, RESPONSE, new byte[9]));
        assertThat(dialogue.bodies("smb")).isEmpty();
        dialogue.server(treeConnected());
        assertThat(dialogue.bodies("smb")).hasSize(1);
    }

    @Test
    void putsPartsThatWereReadInAnotherOrderTogether() {
        JsonNode file = file(6, 0);
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");
        assertThat(file.path("md5").asText()).isEqualTo("5eb63bbbe01eeed093cb22bb8f5acdc3"); // of "hello world"
    }

    @Test
    void saysThatAPartWasNotWritten() {
        JsonNode file = file(100, 0);
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(file.path("gaps").asBoolean()).isTrue();
        assertThat(file.path("size").asInt()).isEqualTo(105);
    }

    /** Writes "world" and "hello " to places in a file. */
    private static JsonNode file(int world, int hello) {
        ShareSession session = new ShareSession(Dialogue.tcp(445)).connect("\\\\fs\\docs");
        session.open("a.txt", ShareSession.CREATE);
        session.write("world".getBytes(StandardCharsets.US_ASCII), world);
        session.write("hello ".getBytes(StandardCharsets.US_ASCII), hello);
        return session.close().dialogue().bodies("fileinfo").get(0);
    }

    /** Output of PsExec: the first answer comes when there is some, and the others at once; offsets are all zero. */
    @Test
    void takesAllThatIsReadFromAPipe() {
        JsonNode file = new ShareSession(Dialogue.tcp(445))
                .connectToPipes("\\\\a\\IPC$")
                .open("stdout", ShareSession.OPEN)
                .await(bytes("hello"), 0)
                .read(bytes(" "))
                .read(bytes("world"))
                .close()
                .dialogue()
                .bodies("fileinfo")
                .get(0);
        assertThat(file.path("size").asInt()).isEqualTo(11);
        assertThat(file.path("md5").asText()).isEqualTo("5eb63bbbe01eeed093cb22bb8f5acdc3"); // of "hello world"
    }

    /** An asynchronous answer has no tree, but its request had. */
    @Test
    void knowsTheShareOfWhatTookTheServerAWhileToRead() {
        Dialogue dialogue = new ShareSession(Dialogue.tcp(445))
                .connect("\\\\a\\b")
                .open("c", ShareSession.OPEN)
                .await(bytes("hello"), 0)
                .await(bytes("hello world"), 0)
                .close()
                .dialogue();
        assertThat(dialogue.events().ofType("fileinfo").get(0).at("/smb/share").asText())
                .isEqualTo("\\\\a\\b");
        assertThat(dialogue.bodies("fileinfo").get(0).path("size").asInt())
                .as("read twice")
                .isEqualTo(11);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void findsTheFileOfRelatedRequests() {
        byte[] create = new byte[64];
        ByteBuffer out = little(create).position(36);
        out.putInt(2).putInt(0).putShort((short) (Smb2Header.BYTES + 56)).putShort((short) 8);
        out.position(56).put("a.b!".getBytes(StandardCharsets.UTF_16LE));
        byte[] write = new byte[52];
        out = little(write).position(2);
        out.putShort((short) (Smb2Header.BYTES + 48))
                .putInt(4)
                .putLong(0)
                .putLong(-1)
                .putLong(-1);
        byte[] first = message(Smb2Command.CREATE, 0, REQUEST, create);
        byte[] second = message(Smb2Command.WRITE, 0, 4, write);
        byte[] both = Arrays.copyOf(first, first.length + second.length - 4);
        System.arraycopy(second, 4, both, first.length, second.length - 4);
        little(both).putShort(2, Short.reverseBytes((short) (both.length - 4))).putInt(4 + 20, first.length - 4);
        JsonNode file =
                Dialogue.tcp(445).client(both).close().bodies("fileinfo").get(0);

        assertThat(file.path("filename").asText()).isEqualTo("a.b!");
        assertThat(file.path("size").asInt()).isEqualTo(4);
    }

    @Test
    void goesOnBehindLostBytes() {
        Dialogue dialogue =
                Dialogue.tcp(445).client(treeConnect()).clientLoses(500).client(treeConnect());
        assertThat(dialogue.close().bodies("smb")).hasSize(2);
    }

    @Test
    void refusesWhatIsNotSmb() {
        byte[] wrong = treeConnect();
        wrong[5] = 'X';
        Dialogue dialogue = Dialogue.tcp(445).client(wrong).close();
        assertThat(dialogue.bodies("smb")).isEmpty();
    }

    @Test
    @Tag("limit:Connection.MAX_OPEN")
    void keepsNoMoreRequestsThanItsLimit() {
        Dialogue dialogue = Dialogue.tcp(445);
        for (int i = 0; i <= Connection.MAX_OPEN; i++) {
            dialogue.client(treeConnect());
        }
        assertThat(dialogue.bodies("smb")).hasSize(1);
    }

    /** Connects to \\fs\docs. */
    static byte[] treeConnect() {
        byte[] path = "\\\\fs\\docs".getBytes(StandardCharsets.UTF_16LE);
        byte[] bytes = new byte[8 + path.length];
        ByteBuffer body = little(bytes);
        body.putShort((short) 9).putShort((short) 0); // StructureSize, Flags
        body.putShort((short) (Smb2Header.BYTES + 8))
                .putShort((short) path.length)
                .put(path);
        return message(Smb2Command.TREE_CONNECT, 0, REQUEST, bytes);
    }

    private static byte[] treeConnected() {
        byte[] body = {16, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}; // a disk
        return message(Smb2Command.TREE_CONNECT, 0, RESPONSE, body);
    }

    /** An SMB2 message with its frame; message id 5, tree 1, session 2. */
    static byte[] message(int command, int status, int flags, byte[] body) {
        byte[] bytes = new byte[4 + Smb2Header.BYTES + body.length];
        ByteBuffer out = little(bytes);
        out.put((byte) 0).put((byte) 0).putShort(Short.reverseBytes((short) (Smb2Header.BYTES + body.length)));
        out.put((byte) 0xfe).put((byte) 'S').put((byte) 'M').put((byte) 'B');
        out.putShort((short) Smb2Header.BYTES).putShort((short) 1).putInt(status);
        out.putShort((short) command).putShort((short) 1).putInt(flags).putInt(0); // credits, NextCommand
        out.putLong(5).putInt(0).putInt(1).putLong(2).putLong(0).putLong(0); // ids, signature
        out.put(body);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
