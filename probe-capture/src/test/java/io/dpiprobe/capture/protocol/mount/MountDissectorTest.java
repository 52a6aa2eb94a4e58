// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mount;

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

class MountDissectorTest {
    /** Uid 0 of host "box" asks version 3 for "/srv". */
    private static final byte[] MNT = HexFormat.of()
            .parseHex("00000009" + "00000000" + "00000002" // xid, call, RPC 2
                    + "000186a5" + "00000003" + "00000001" // mountd 3, MNT
                    + "00000001" + "00000018" // AUTH_SYS, 24 bytes
                    + "00000007" + "00000003" + "626f7800" + "00000000" + "00000000" + "00000000"
                    + "0000000000000000" // no verifier
                    + "00000004" + "2f737276"); // directory

    @Test
    void readsWhoMountsWhat() {
        byte[] said = RpcBytes.reply(9)
                .number(0)
                .opaque(RpcBytes.HANDLE)
                .number(3)
                .number(1)
                .number(390_003)
                .number(77)
                .bytes();
        JsonNode event = Dialogue.udp(20_048)
                .client(MNT)
                .server(said)
                .events()
                .ofType("mount")
                .get(0);

        assertThat(event.path("rpc").toString())
                .isEqualTo("{\"xid\":9,\"status\":\"ACCEPTED\",\"auth_type\":\"UNIX\","
                        + "\"creds\":{\"machine_name\":\"box\",\"uid\":0,\"gid\":0}}");
        assertThat(event.at("/probe/mount").toString())
                .isEqualTo("{\"version\":3,\"procedure\":\"MNT\",\"directory\":\"/srv\",\"status\":\"OK\","
                        + "\"hhash\":\"7759b50e\",\"auth_types\":[\"UNIX\",\"KRB5\",\"UNKNOWN\"]}");
    }

    @Test
    void readsTheHandleOfVersion1() {
        assertThat(event(call(1, 1).text("/srv"), RpcBytes.reply(1).number(0).raw(RpcBytes.HANDLE)))
                .isEqualTo("{\"version\":1,\"procedure\":\"MNT\",\"directory\":\"/srv\",\"status\":\"OK\","
                        + "\"hhash\":\"7759b50e\"}");
    }

    @Test
    void saysWhyNot() {
        assertThat(event(call(3, 1).text("/root"), RpcBytes.reply(1).number(13)))
                .isEqualTo("{\"version\":3,\"procedure\":\"MNT\",\"directory\":\"/root\",\"status\":\"ERR_ACCES\"}");
    }

    @Test
    void listsWhatAServerOffers() {
        RpcBytes said = RpcBytes.reply(1);
        said.number(1)
                .text("/srv")
                .number(1)
                .text("10.0.0.0/8")
                .number(1)
                .text("*.corp")
                .number(0);
        said.number(1).text("/pub").number(0);
        assertThat(event(call(3, 5), said.number(0)))
                .isEqualTo("{\"version\":3,\"procedure\":\"EXPORT\",\"status\":\"OK\",\"exports\":["
                        + "{\"directory\":\"/srv\",\"groups\":[\"10.0.0.0/8\",\"*.corp\"]},"
                        + "{\"directory\":\"/pub\",\"groups\":[]}],\"count\":2}");
    }

    @Test
    void listsWhoHasMountedWhat() {
        RpcBytes said = RpcBytes.reply(1).number(1).text("box").text("/srv").number(0);
        assertThat(event(call(3, 2), said))
                .isEqualTo("{\"version\":3,\"procedure\":\"DUMP\",\"status\":\"OK\","
                        + "\"mounts\":[{\"host\":\"box\",\"directory\":\"/srv\"}],\"count\":1}");
    }

    @Test
    void leavesOutWhatIsCut() {
        RpcBytes said =
                RpcBytes.reply(1).number(1).text("box").text("/srv").number(1).text("bo");
        JsonNode event = Dialogue.udp(635)
                .client(call(3, 2).bytes())
                .server(said.bytes())
                .events()
                .ofType("mount")
                .get(0);
        assertThat(event.at("/probe/mount/mounts")).hasSize(1);
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    void refusesVersionsThatDoNotExist() {
        assertThat(Verdicts.detect(
                        MountProtocol.UDP, Direction.TO_SERVER, call(4, 0).bytes()))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(MountProtocol.UDP, Direction.TO_SERVER, MNT)).isEqualTo(Verdict.OK);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(
                        MountProtocol.TCP,
                        Direction.TO_SERVER,
                        call(3, 1).text("/srv").record()))
                .isTrue();
    }

    @Test
    @Tag("limit:MountQuestion.MAX_ITEMS")
    void showsSoManyMounts() {
        RpcBytes said = RpcBytes.reply(1);
        for (int i = 0; i < MountQuestion.MAX_ITEMS + 3; i++) {
            said.number(1).text("box").text("/srv");
        }
        JsonNode shown = shown(call(3, 2), said.number(0));
        assertThat(shown.path("mounts")).hasSize(MountQuestion.MAX_ITEMS);
        assertThat(shown.path("count").asInt()).isEqualTo(MountQuestion.MAX_ITEMS + 3);
    }

    @Test
    @Tag("limit:MountQuestion.MAX_GROUPS")
    void showsSoManyHostsOfAnExport() {
        RpcBytes said = RpcBytes.reply(1).number(1).text("/srv");
        for (int i = 0; i < MountQuestion.MAX_GROUPS + 3; i++) {
            said.number(1).text("box");
        }
        assertThat(shown(call(3, 5), said.number(0).number(0)).at("/exports/0/groups"))
                .hasSize(MountQuestion.MAX_GROUPS);
    }

    @Test
    @Tag("limit:MountQuestion.MAX_FLAVORS")
    void showsSoManyFlavors() {
        RpcBytes said = RpcBytes.reply(1).number(0).opaque(RpcBytes.HANDLE).number(30);
        for (int i = 0; i < 30; i++) {
            said.number(1);
        }
        assertThat(shown(call(3, 1).text("/srv"), said).path("auth_types")).hasSize(MountQuestion.MAX_FLAVORS);
    }

    private static RpcBytes call(int version, int procedure) {
        return RpcBytes.call(Program.MOUNT, 1, version, procedure);
    }

    private static String event(RpcBytes asked, RpcBytes said) {
        return shown(asked, said).toString();
    }

    private static JsonNode shown(RpcBytes asked, RpcBytes said) {
        Dialogue dialogue = Dialogue.tcp(635).client(asked.record()).server(said.record());
        return dialogue.events().ofType("mount").get(0).at("/probe/mount");
    }
}
