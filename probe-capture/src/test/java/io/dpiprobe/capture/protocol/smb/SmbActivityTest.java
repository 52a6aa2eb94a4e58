// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.packet.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SmbActivityTest {
    @Test
    void isWhatTheDocumentationShows() throws IOException {
        String page = Files.readString(Path.of("../docs/ransomware.md"));
        ObjectMapper json = new ObjectMapper();
        for (Dialogue story : List.of(ShareStories.massEncryption(), ShareStories.backup())) {
            JsonNode activity = story.bodies("smb_activity").get(0);
            assertThat(shown(page, json)).contains(activity);
        }
    }

    @Test
    void showsWhoDoesWhatWhere() {
        JsonNode event =
                ShareStories.massEncryption().events().ofType("smb_activity").get(0);

        assertThat(event.path("src_ip").asText()).isEqualTo("10.0.0.1");
        assertThat(event.path("dest_ip").asText()).isEqualTo("10.0.0.2");
        assertThat(event.at("/smb_activity/user").asText()).isEqualTo("ann");
        assertThat(event.at("/smb_activity/domain").asText()).isEqualTo("CORP");
        assertThat(event.at("/smb_activity/share").asText()).isEqualTo("\\\\fs1\\team");
        assertThat(event.at("/probe/lane").asText()).isEqualTo("high");
    }

    @Test
    void writesEachIntervalByTheTimeOfPackets() {
        ShareSession session = session();
        session.open("a.txt", ShareSession.CREATE).write(new byte[10]).close();
        session.dialogue().wait(Duration.ofMinutes(1));
        session.open("b.txt", ShareSession.CREATE).close();

        assertThat(session.dialogue().bodies("smb_activity"))
                .extracting(each -> each.path("files_created").asInt() + ","
                        + each.path("bytes_written").asInt())
                .containsExactly("1,10");
        assertThat(session.dialogue().close().bodies("smb_activity")).hasSize(2);
    }

    @Test
    void countsDeletions() {
        ShareSession session = session();
        session.open("a.txt", ShareSession.OPEN).delete().close();
        session.open("b.tmp", ShareSession.CREATE, 0x1000).close();
        JsonNode activity = session.dialogue().close().bodies("smb_activity").get(0);

        assertThat(activity.path("files_deleted").asInt()).isEqualTo(2);
        assertThat(activity.path("delete_on_close").asInt()).isEqualTo(1);
    }

    @Test
    void countsEncryptedMessagesOfTheUser() {
        ShareSession session = new ShareSession(Dialogue.tcp(445)).login("CORP", "ann");
        session.encrypted(true, 200).encrypted(true, 300).encrypted(false, 5000);
        JsonNode activity = session.dialogue().close().bodies("smb_activity").get(0);

        assertThat(activity.path("user").asText()).isEqualTo("ann");
        assertThat(activity.path("encrypted").toString())
                .isEqualTo("{\"messages_toserver\":2,\"messages_toclient\":1,\"bytes_toserver\":500,"
                        + "\"bytes_toclient\":5000}");
    }

    @Test
    @Tag("limit:Extensions.MAX_PAIRS")
    void countsWhatHasNoPlaceAmongThePairsOfExtensions() {
        ShareSession session = session();
        for (int i = 0; i < Extensions.MAX_PAIRS + 2; i++) {
            session.open("a.x" + i, ShareSession.OPEN).rename("a.y").close();
        }
        JsonNode renames =
                session.dialogue().close().bodies("smb_activity").get(0).path("renames");
        assertThat(renames).hasSize(Extensions.MAX_PAIRS + 1);
        assertThat(renames.get(0).path("extensions").asText()).isEqualTo("x0>y");
        assertThat(renames.get(Extensions.MAX_PAIRS).path("count").asInt()).isEqualTo(2);
    }

    @Test
    void findsTheNameThatComesBackAmongThousands() {
        ShareSession session = session();
        for (int folder = 0; folder < 20; folder++) {
            for (int file = 0; file < 50; file++) {
                session.open("d" + folder + "\\f" + folder + "-" + file, ShareSession.CREATE);
            }
            session.open("d" + folder + "\\NOTE.txt", ShareSession.CREATE);
        }
        JsonNode names =
                session.dialogue().close().bodies("smb_activity").get(0).path("same_name");
        assertThat(names.get(0).path("filename").asText()).isEqualTo("NOTE.txt");
        assertThat(names.get(0).path("folders").asInt()).isBetween(RepeatedNames.MIN_FOLDERS, 20);
    }

    @Test
    @Tag("limit:SmbActivity.MAX_ROWS")
    void keepsNoMoreRowsThanItsLimit() {
        Dialogue dialogue = Dialogue.tcp(445);
        ShareSession session = new ShareSession(dialogue).login("CORP", "ann");
        for (int i = 0; i <= SmbActivity.MAX_ROWS; i++) {
            session.connect("\\\\fs1\\s" + i).open("a", ShareSession.CREATE);
        }
        assertThat(dialogue.bodies("smb_activity")).hasSize(SmbActivity.MAX_ROWS);
    }

    @Test
    void measuresEntropy() {
        Entropy entropy = new Entropy();
        byte[] each = new byte[256];
        for (int i = 0; i < each.length; i++) {
            each[i] = (byte) i;
        }
        entropy.add(slice(each));
        assertThat(entropy.bits() / entropy.measured()).isEqualTo(8.0);
        entropy.clear();
        entropy.add(slice(new byte[256]));
        assertThat(entropy.bits()).isZero();
    }

    @Test
    @Tag("limit:Entropy.MAX_BYTES")
    void measuresNoMoreThanTheFrontOfAFile() {
        Entropy entropy = new Entropy();
        entropy.add(slice(new byte[Entropy.MAX_BYTES - 1]));
        entropy.add(slice(new byte[10]));
        assertThat(entropy.measured()).isEqualTo(Entropy.MAX_BYTES);
    }

    private static ShareSession session() {
        return new ShareSession(Dialogue.tcp(445)).login("CORP", "ann").connect("\\\\fs1\\team");
    }

    private static Slice slice(byte[] bytes) {
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** The objects in the page's blocks of JSON. */
    private static List<JsonNode> shown(String page, ObjectMapper json) throws IOException {
        List<String> blocks = Stream.of(page.split("```json\n", -1))
                .skip(1)
                .map(each -> each.substring(0, each.indexOf("```")))
                .toList();
        List<JsonNode> shown = new ArrayList<>();
        for (String block : blocks) {
            shown.add(json.readTree(block));
        }
        return shown;
    }
}
