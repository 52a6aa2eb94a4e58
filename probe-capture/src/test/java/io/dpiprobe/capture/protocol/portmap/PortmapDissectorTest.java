// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcBytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PortmapDissectorTest {
    /** Asks version 2 for the port of version 3 of mountd over UDP. */
    private static final byte[] GETPORT = HexFormat.of()
            .parseHex("00000007" + "00000000" + "00000002" // xid, call, RPC 2
                    + "000186a0" + "00000002" + "00000003" // port mapper 2, GETPORT
                    + "0000000000000000" + "0000000000000000" // no credentials, no verifier
                    + "000186a5" + "00000003" + "00000011" + "00000000"); // mountd 3, UDP, no port

    @Test
    void readsWhichPortIsAskedForAndSaid() {
        Dialogue dialogue = Dialogue.udp(111)
                .client(GETPORT)
                .server(RpcBytes.reply(7).number(20_048).bytes());

        JsonNode event = dialogue.events().ofType("portmap").get(0);
        assertThat(event.path("rpc").toString())
                .isEqualTo("{\"xid\":7,\"status\":\"ACCEPTED\",\"auth_type\":\"NULL\"}");
        assertThat(event.at("/probe/portmap").toString())
                .isEqualTo("{\"version\":2,\"procedure\":\"GETPORT\",\"program\":100005,\"program_name\":\"mountd\","
                        + "\"program_version\":3,\"protocol\":\"udp\",\"status\":\"OK\",\"port\":20048}");
        assertThat(event.path("src_ip").asText()).isEqualTo("10.0.0.1");
    }

    @Test
    void readsAddressesOfVersions3And4() {
        RpcBytes asked =
                call(4, 3).number(100_003).number(4).text("tcp").text("").text("");
        RpcBytes said = RpcBytes.reply(1).text("10.0.0.2.8.1");
        assertThat(event(asked, said))
                .isEqualTo("{\"version\":4,\"procedure\":\"GETADDR\",\"program\":100003,\"program_name\":\"nfs\","
                        + "\"program_version\":4,\"protocol\":\"tcp\",\"status\":\"OK\",\"port\":2049,"
                        + "\"address\":\"10.0.0.2.8.1\"}");
    }

    @Test
    void readsWhatIsRegistered() {
        RpcBytes asked = call(3, 1)
                .number(400_000)
                .number(1)
                .text("local")
                .text("/run/x.sock")
                .text("superuser");
        assertThat(event(asked, RpcBytes.reply(1).number(1)))
                .isEqualTo("{\"version\":3,\"procedure\":\"SET\",\"program\":400000,\"program_version\":1,"
                        + "\"protocol\":\"local\",\"address\":\"/run/x.sock\",\"owner\":\"superuser\","
                        + "\"status\":\"OK\",\"done\":true}");
        RpcBytes undone = call(2, 2).number(100_003).number(3).number(6).number(2049);
        assertThat(event(undone, RpcBytes.reply(1).number(0)))
                .contains("\"procedure\":\"UNSET\"")
                .contains("\"protocol\":\"tcp\",\"port\":2049,\"status\":\"OK\",\"done\":false");
    }

    @Test
    void listsWhatAHostOffers() {
        RpcBytes said = RpcBytes.reply(1);
        said.number(1).number(100_000).number(4).text("tcp6").text("::.0.111").text("superuser");
        said.number(1)
                .number(100_021)
                .number(1)
                .text("udp")
                .text("0.0.0.0.200.1")
                .text("29");
        assertThat(event(call(4, 4), said.number(0)))
                .isEqualTo("{\"version\":4,\"procedure\":\"DUMP\",\"status\":\"OK\",\"mappings\":["
                        + "{\"program\":100000,\"program_name\":\"portmapper\",\"program_version\":4,"
                        + "\"protocol\":\"tcp6\",\"port\":111,\"address\":\"::.0.111\",\"owner\":\"superuser\"},"
                        + "{\"program\":100021,\"program_name\":\"nlockmgr\",\"program_version\":1,"
                        + "\"protocol\":\"udp\",\"port\":51201,\"address\":\"0.0.0.0.200.1\",\"owner\":\"29\"}],"
                        + "\"count\":2}");
    }

    @Test
    void listsTheMappingsOfVersion2() {
        RpcBytes said = RpcBytes.reply(1);
        said.number(1).number(100_003).number(3).number(132).number(2049);
        assertThat(event(call(2, 4), said.number(0)))
                .contains("\"mappings\":[{\"program\":100003,\"program_name\":\"nfs\",\"program_version\":3,"
                        + "\"protocol\":\"132\",\"port\":2049}],\"count\":1");
    }

    @Test
    void listsTheAddressesOfOneProgram() {
        RpcBytes said = RpcBytes.reply(1).number(1);
        said.text("10.0.0.2.8.1").text("tcp").number(3).text("inet").text("tcp").number(0);
        RpcBytes asked = call(4, 11).number(100_003).number(4).text("").text("").text("");
        assertThat(event(asked, said))
                .contains("\"mappings\":[{\"protocol\":\"tcp\",\"port\":2049,\"address\":\"10.0.0.2.8.1\"}]");
    }

    @Test
    void readsCallsOfOtherProgramsThroughIt() {
        RpcBytes asked = call(2, 5).number(100_004).number(2).number(1).text("domain");
        assertThat(event(asked, RpcBytes.reply(1).number(834).number(1)))
                .contains("\"procedure\":\"CALLIT\",\"program\":100004,\"program_name\":\"ypserv\"")
                .contains("\"called_procedure\":1,\"status\":\"OK\",\"port\":834");
        RpcBytes indirect = call(4, 10).number(100_004).number(2).number(1).text("domain");
        assertThat(event(indirect, RpcBytes.reply(1).text("10.0.0.2.3.66").text("")))
                .contains("\"procedure\":\"INDIRECT\"")
                .contains("\"port\":834,\"address\":\"10.0.0.2.3.66\"");
    }

    @Test
    void takesNoPortFromWhatIsNone() {
        for (String text : new String[] {"", ".", "1", "1.2.3.999.1", "fe80::1", "1.2.3.4.", "a.1.2b.3"}) {
            RpcBytes asked = call(3, 7).text(text);
            assertThat(event(asked, RpcBytes.reply(1))).contains("UADDR2TADDR").doesNotContain("\"port\"");
        }
    }

    @Test
    void saysWhyNot() {
        RpcBytes denied = new RpcBytes().number(1).number(1).number(1).number(1).number(5);
        assertThat(event(call(2, 4), denied)).contains("\"procedure\":\"DUMP\",\"status\":\"AUTH_ERROR\"");
        RpcBytes noSuch =
                new RpcBytes().number(1).number(1).number(0).number(0).number(0).number(3);
        assertThat(event(call(4, 99), noSuch)).contains("\"procedure\":\"UNKNOWN\",\"status\":\"PROC_UNAVAIL\"");
    }

    @Test
    void isRecognisedOnAnyPort() {
        Dialogue dialogue = Dialogue.tcp(40_111).client(call(2, 0).record()).close();
        assertThat(dialogue.events().ofType("portmap")).hasSize(1);
        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
        assertThat(flow.at("/probe/app_proto").asText()).isEqualTo("portmap");
    }

    @Test
    void refusesVersionsThatDoNotExist() {
        assertThat(Verdicts.detect(
                        PortmapProtocol.UDP, Direction.TO_SERVER, call(5, 0).bytes()))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(
                        PortmapProtocol.UDP, Direction.TO_SERVER, call(1, 0).bytes()))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(PortmapProtocol.UDP, Direction.TO_CLIENT, GETPORT))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(
                        PortmapProtocol.TCP, Direction.TO_SERVER, call(2, 4).record()))
                .isTrue();
    }

    @Test
    @Tag("limit:PortmapQuestion.MAX_MAPPINGS")
    void showsSoManyMappings() {
        RpcBytes said = RpcBytes.reply(1);
        int many = PortmapQuestion.MAX_MAPPINGS + 6;
        for (int i = 0; i < many; i++) {
            said.number(1).number(100_003).number(3).number(6).number(2049);
        }
        Dialogue dialogue = Dialogue.udp(111)
                .client(call(2, 4).bytes())
                .server(said.number(0).bytes());
        JsonNode shown = dialogue.events().ofType("portmap").get(0).at("/probe/portmap");
        assertThat(shown.path("mappings")).hasSize(PortmapQuestion.MAX_MAPPINGS);
        assertThat(shown.path("count").asInt()).isEqualTo(many);
    }

    private static RpcBytes call(int version, int procedure) {
        return RpcBytes.call(Program.PORTMAPPER, 1, version, procedure);
    }

    private static String event(RpcBytes asked, RpcBytes said) {
        Dialogue dialogue = Dialogue.tcp(111).client(asked.record()).server(said.record());
        return dialogue.events().ofType("portmap").get(0).at("/probe/portmap").toString();
    }
}
