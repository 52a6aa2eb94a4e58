// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import io.dpiprobe.capture.protocol.oncrpc.PendingCalls;
import io.dpiprobe.capture.protocol.oncrpc.RpcBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NfsDissectorTest {
    private static final byte[] HANDLE = RpcBytes.HANDLE;
    private static final String HASH = "7759b50e";
    /** A call of version 3, procedure REMOVE, of "a" in a directory whose handle is 01020304. */
    private static final byte[] REMOVE = HexFormat.of()
            .parseHex(
                    "80000038" // one fragment of 56 bytes
                            + "00000009" + "00000000" + "00000002" // xid, call, RPC 2
                            + "000186a3" + "00000003" + "0000000c" // NFS 3, REMOVE
                            + "0000000000000000" + "0000000000000000" // no credentials, no verifier
                            + "00000004" + "01020304" // directory
                            + "00000001" + "61000000"); // name

    @Test
    void readsACallAndItsReply() {
        Dialogue dialogue = Dialogue.tcp(2049)
                .client(REMOVE)
                .server(RpcBytes.reply(9).number(0).record());

        JsonNode event = dialogue.events().ofType("nfs").get(0);
        assertThat(event.path("rpc").toString())
                .isEqualTo("{\"xid\":9,\"status\":\"ACCEPTED\",\"auth_type\":\"NULL\"}");
        assertThat(event.path("nfs").toString())
                .isEqualTo("{\"version\":3,\"procedure\":\"REMOVE\",\"filename\":\"a\",\"hhash\":\"b63cfbcd\",\"id\":1,"
                        + "\"file_tx\":false,\"type\":\"response\",\"status\":\"OK\"}");
        assertThat(dialogue.close().appProto()).isEqualTo("nfs");
    }

    @Test
    void readsCredentialsAndRenamesOfVersion2() {
        byte[] rename = RpcBytes.nfs(1, 2, 11)
                .raw(HANDLE)
                .text("a.doc")
                .raw(HANDLE)
                .text("a.locked")
                .bytes();

        JsonNode event = Dialogue.udp(2049)
                .client(rename)
                .server(RpcBytes.reply(1).number(13).bytes())
                .events()
                .ofType("nfs")
                .get(0);
        assertThat(event.at("/rpc/creds").toString()).isEqualTo("{\"machine_name\":\"box\",\"uid\":1000,\"gid\":100}");
        assertThat(event.at("/nfs/rename").toString()).isEqualTo("{\"from\":\"a.doc\",\"to\":\"a.locked\"}");
        assertThat(event.at("/nfs/status").asText()).isEqualTo("ERR_ACCES");
        assertThat(event.at("/nfs/hhash").asText()).isEqualTo(HASH);
    }

    @Test
    void followsAFileThatIsWritten() {
        byte[] create =
                RpcBytes.nfs(1, 3, 8).text("dir!").text("secret").zeros(28).record();
        byte[] created = RpcBytes.reply(1).number(0).number(1).opaque(HANDLE).record();
        byte[] first = write(2, 0, "Hello, ");
        byte[] second = write(3, 7, "world");
        byte[] written = RpcBytes.reply(3)
                .number(0)
                .zeros(8)
                .number(5)
                .number(0)
                .zeros(8)
                .record();
        byte[] commit = RpcBytes.nfs(4, 3, 21).opaque(HANDLE).wide(0).number(0).record();
        Dialogue dialogue = Dialogue.tcp(2049)
                .client(create)
                .server(created)
                .client(concat(first, second))
                .server(written)
                .client(commit)
                .server(RpcBytes.reply(4).number(0).zeros(16).record());

        JsonNode file = dialogue.events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/filename").asText()).isEqualTo("secret");
        assertThat(file.at("/fileinfo/size").asInt()).isEqualTo(12);
        assertThat(file.at("/fileinfo/state").asText()).isEqualTo("CLOSED");
        assertThat(file.at("/fileinfo/md5").asText()).isEqualTo("bc6e6f16b8a077ef5fbc8d59d0b931b9");
        assertThat(file.at("/rpc/creds/uid").asInt()).isEqualTo(1000);
        assertThat(file.at("/nfs/write").toString())
                .isEqualTo("{\"first\":true,\"last\":true,\"last_xid\":3,\"chunks\":2}");
        assertThat(file.at("/nfs/hhash").asText()).isEqualTo(HASH);
    }

    @Test
    void knowsAFileByItsNewNameOnceItIsRenamed() {
        byte[] lookup = RpcBytes.nfs(1, 3, 3).text("dir!").text("plan.doc").record();
        byte[] found = RpcBytes.reply(1).number(0).opaque(HANDLE).zeros(8).record();
        byte[] rename = RpcBytes.nfs(2, 3, 14)
                .text("dir!")
                .text("plan.doc")
                .text("dir!")
                .text("plan.locked")
                .record();
        Dialogue dialogue = Dialogue.tcp(2049)
                .client(lookup)
                .server(found)
                .client(rename)
                .server(RpcBytes.reply(2).number(0).zeros(16).record());
        assertThat(access(dialogue, 3)).isEqualTo("plan.locked");

        byte[] refused = RpcBytes.nfs(4, 3, 14)
                .text("dir!")
                .text("plan.locked")
                .text("dir!")
                .text("b")
                .record();
        dialogue.client(refused).server(RpcBytes.reply(4).number(13).zeros(16).record());
        assertThat(access(dialogue, 5)).isEqualTo("plan.locked");
    }

    @Test
    void doesNotTakeAnotherFileForTheOneThatIsRenamed() {
        byte[] lookup = RpcBytes.nfs(1, 3, 3).text("dir!").text("plan.doc").record();
        byte[] found = RpcBytes.reply(1).number(0).opaque(HANDLE).zeros(8).record();
        byte[] remove = RpcBytes.nfs(2, 3, 12).text("dir!").text("plan.doc").record();
        byte[] elsewhere = RpcBytes.nfs(3, 3, 14)
                .text("up!!")
                .text("plan.doc")
                .text("dir!")
                .text("a")
                .record();
        byte[] here = RpcBytes.nfs(4, 3, 14)
                .text("dir!")
                .text("plan.doc")
                .text("dir!")
                .text("b")
                .record();
        Dialogue dialogue = Dialogue.tcp(2049).client(lookup).server(found);
        dialogue.client(elsewhere).server(RpcBytes.reply(3).number(0).zeros(16).record());
        assertThat(access(dialogue, 5)).as("in another directory").isEqualTo("plan.doc");
        dialogue.client(remove).server(RpcBytes.reply(2).number(0).zeros(8).record());
        dialogue.client(here).server(RpcBytes.reply(4).number(0).zeros(16).record());
        assertThat(access(dialogue, 6)).as("a new file of that name").isEqualTo("plan.doc");
    }

    /** A client that has listed a directory does not look names up (RFC 1813, 3.3.17). */
    @Test
    void learnsNamesFromAListing() {
        byte[] list = RpcBytes.nfs(1, 3, 17).text("dir!").zeros(24).record();
        RpcBytes listed = RpcBytes.reply(1).number(0).number(1).zeros(84).zeros(8);
        listed.number(1).wide(7).text("..").wide(1).number(0).number(0);
        listed.number(1).wide(9).text("plan.doc").wide(2).number(1).zeros(84);
        listed.number(1).opaque(HANDLE).number(0).number(1);
        Dialogue dialogue = Dialogue.tcp(2049).client(list).server(listed.record());
        assertThat(access(dialogue, 3)).isEqualTo("plan.doc");
    }

    @Test
    void doesNotCallADirectoryThatHasANameADot() {
        byte[] lookup = RpcBytes.nfs(1, 3, 3).text("root").text("docs").record();
        byte[] found = RpcBytes.reply(1).number(0).opaque(HANDLE).zeros(8).record();
        byte[] list = RpcBytes.nfs(2, 3, 17).opaque(HANDLE).zeros(24).record();
        RpcBytes listed = RpcBytes.reply(2).number(0).number(0).zeros(8);
        listed.number(1).wide(7).text(".").wide(1).number(0).number(1);
        listed.opaque(HANDLE).number(0).number(1);
        Dialogue dialogue = Dialogue.tcp(2049).client(lookup).server(found);
        dialogue.client(list).server(listed.record());
        assertThat(access(dialogue, 3)).isEqualTo("docs");
    }

    /** Asks for the rights to the file and says by which name it is known. */
    private static String access(Dialogue dialogue, int xid) {
        dialogue.client(RpcBytes.nfs(xid, 3, 4).opaque(HANDLE).number(1).record());
        dialogue.server(RpcBytes.reply(xid).number(0).number(0).number(1).record());
        List<JsonNode> events = dialogue.bodies("nfs");
        return events.get(events.size() - 1).path("filename").asText();
    }

    @Test
    void followsAFileLargerThanARecordMayWait() {
        byte[] content = new byte[900_000];
        byte[] reply = RpcBytes.reply(1)
                .number(0)
                .number(0)
                .number(content.length)
                .number(1)
                .opaque(content)
                .record();
        Dialogue dialogue = Dialogue.tcp(2049).client(read(1, content.length));
        for (int sent = 0; sent < reply.length; sent += 1400) {
            dialogue.server(Arrays.copyOfRange(reply, sent, Math.min(reply.length, sent + 1400)));
        }

        JsonNode file = dialogue.events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/size").asInt()).isEqualTo(content.length);
        assertThat(file.at("/fileinfo/state").asText()).isEqualTo("CLOSED");
        assertThat(file.at("/nfs/procedure").asText()).isEqualTo("READ");
    }

    @Test
    void saysThatAFileWasCutShort() {
        Dialogue dialogue = Dialogue.tcp(2049).client(write(1, 0, "Hello")).close();

        assertThat(dialogue.bodies("fileinfo").get(0).path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(dialogue.bodies("nfs").get(0).at("/write/last").asBoolean()).isFalse();
    }

    @Test
    void findsTheNameOfAFileInCompounds() {
        Dialogue dialogue = Dialogue.tcp(2049)
                .client(openCompound())
                .server(openedCompound())
                .client(writeCompound())
                .server(writtenCompound());

        assertThat(dialogue.bodies("fileinfo").get(0).path("filename").asText()).isEqualTo("plan.txt");
        assertThat(dialogue.bodies("fileinfo").get(0).path("size").asInt()).isEqualTo(4);
        assertThat(dialogue.bodies("nfs").get(0).path("version").asInt()).isEqualTo(4);
    }

    @Test
    void tellsOfRemovalsInCompounds() {
        byte[] remove = RpcBytes.nfs(1, 4, 1)
                .text("")
                .number(1)
                .number(2)
                .number(22)
                .text("dir!")
                .number(28)
                .text("backup.tar")
                .record();
        byte[] removed = RpcBytes.reply(1)
                .number(0)
                .text("")
                .number(2)
                .number(22)
                .number(0)
                .number(28)
                .zeros(24)
                .record();

        JsonNode nfs =
                Dialogue.tcp(2049).client(remove).server(removed).bodies("nfs").get(0);
        assertThat(nfs.path("procedure").asText()).isEqualTo("REMOVE");
        assertThat(nfs.path("filename").asText()).isEqualTo("backup.tar");
    }

    @Test
    void passesOverAllFragmentsOfALongRecordButTheFirst() {
        byte[] head = RpcBytes.nfs(1, 3, 12).text("dir!").text("a").bytes();
        byte[] first = concat(new byte[] {0, 0, 0, (byte) head.length}, head);
        byte[] last = concat(new byte[] {(byte) 0x80, 0, 0, 8}, new byte[8]);
        List<JsonNode> events = Dialogue.tcp(2049)
                .client(REMOVE)
                .client(concat(first, last, REMOVE))
                .server(RpcBytes.reply(9).number(0).record())
                .server(RpcBytes.reply(1).number(0).record())
                .bodies("nfs");

        assertThat(events).hasSize(2);
    }

    @Test
    @Tag("limit:PendingCalls.MAX_PENDING")
    void keepsNoMoreCallsThanItsLimit() {
        Dialogue dialogue = Dialogue.udp(2049);
        for (int xid = 0; xid <= PendingCalls.MAX_PENDING; xid++) {
            dialogue.client(RpcBytes.nfs(xid, 3, 0).bytes());
        }
        dialogue.server(RpcBytes.reply(0).bytes());
        assertThat(dialogue.bodies("nfs")).isEmpty();
        dialogue.server(RpcBytes.reply(1).bytes());
        assertThat(dialogue.bodies("nfs")).hasSize(1);
    }

    @Test
    void refusesRecordsOfImpossibleLength() {
        assertThat(Verdicts.read(NfsProtocol.TCP, Direction.TO_SERVER, new byte[] {(byte) 0xff, 0, 0, 0}))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesOtherPrograms() {
        byte[] portmap = RpcBytes.nfs(1, 2, 3).bytes();
        portmap[15] = (byte) 0xa0;

        assertThat(Verdicts.detect(NfsProtocol.UDP, Direction.TO_SERVER, portmap))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(NfsProtocol.TCP, Direction.TO_SERVER, REMOVE))
                .isTrue();
    }

    /** SEQUENCE, PUTFH, OPEN of "plan.txt", GETFH. */
    private static byte[] openCompound() {
        return RpcBytes.nfs(1, 4, 1)
                .text("")
                .number(1)
                .number(4) // tag, minor version, four operations
                .number(53)
                .zeros(32) // SEQUENCE
                .number(22)
                .text("dir!") // PUTFH
                .number(18)
                .zeros(20)
                .text("owner")
                .number(0)
                .number(0)
                .text("plan.txt") // OPEN
                .number(10) // GETFH
                .record();
    }

    /** Success of all of it, without a delegation. */
    private static byte[] openedCompound() {
        return RpcBytes.reply(1)
                .number(0)
                .text("")
                .number(4)
                .number(53)
                .zeros(40)
                .number(22)
                .number(0)
                .number(18)
                .zeros(4 + 16 + 20 + 4 + 4 + 4)
                .number(10)
                .number(0)
                .opaque(HANDLE)
                .record();
    }

    /** SEQUENCE, PUTFH, WRITE of "data" for good. */
    private static byte[] writeCompound() {
        return RpcBytes.nfs(2, 4, 1)
                .text("")
                .number(1)
                .number(3)
                .number(53)
                .zeros(32)
                .number(22)
                .opaque(HANDLE)
                .number(38)
                .zeros(16)
                .wide(0)
                .number(2)
                .text("data")
                .record();
    }

    /** Success of all of it. */
    private static byte[] writtenCompound() {
        return RpcBytes.reply(2)
                .number(0)
                .text("")
                .number(3)
                .number(53)
                .zeros(40)
                .number(22)
                .number(0)
                .number(38)
                .number(0)
                .zeros(16)
                .record();
    }

    private static byte[] write(int xid, long offset, String content) {
        return RpcBytes.nfs(xid, 3, 7)
                .opaque(HANDLE)
                .wide(offset)
                .number(content.length())
                .number(0)
                .opaque(content.getBytes(StandardCharsets.US_ASCII))
                .record();
    }

    private static byte[] read(int xid, int count) {
        return RpcBytes.nfs(xid, 3, 6).opaque(HANDLE).wide(0).number(count).record();
    }
}
