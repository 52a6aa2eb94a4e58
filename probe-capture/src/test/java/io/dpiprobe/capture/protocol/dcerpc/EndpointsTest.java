// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    /** A bind to the endpoint mapper, context 0, and what accepts it. */
    private static final byte[] BIND = bytes("05000b03 10000000 4800 0000 01000000" + "b810 b810 00000000 01000000"
            + "0000 0100 0883afe1 1f5d c911 91a4 08002b14a0fa 0300 0000"
            + "045d888a eb1c c911 9fe8 08002b104860 02000000");

    private static final byte[] BIND_ACK = bytes("05000c03 10000000 3c00 0000 01000000" + "b810 b810 01000000"
            + "0400 31333500 0000 01000000" + "0000 0000 045d888a eb1c c911 9fe8 08002b104860 02000000");

    /** A tower of five floors to the service control manager: 10.0.0.2, port 49155. */
    private static final String TOWER = "0500"
            + "1300 0d 81bb7a36 4498 f135 ad32 98f038001003 0200 0200 0000" // svcctl 2.0
            + "1300 0d 045d888a eb1c c911 9fe8 08002b104860 0200 0200 0000" // NDR
            + "0100 0b 0200 0000" // connection-oriented RPC
            + "0100 07 0200 c003" // TCP, 49155
            + "0100 09 0400 0a000002";

    private static final String MAPPED = "00".repeat(20) + "01000000" // handle, one tower
            + "01000000 00000000 01000000 00000200" // an array of one pointer
            + "4b000000 4b000000" + TOWER + "00" + "00000000";

    private static final String MAPPED_WIDE = "00".repeat(20) + "01000000"
            + "0100000000000000 0000000000000000 0100000000000000 0000020000000000"
            + "4b00000000000000 4b000000" + TOWER + "00" + "00000000";

    @Test
    void readsWhereTheMapperSaysAnInterfaceIsServed() {
        assertThat(asked(MAPPED)
                        .events()
                        .ofType("dcerpc")
                        .get(1)
                        .at("/probe/rpc")
                        .toString())
                .isEqualTo(
                        "{\"interface\":\"epmapper\",\"operation\":\"ept_map\",\"endpoints\":"
                                + "[{\"interface\":\"svcctl\",\"transport\":\"tcp\",\"address\":\"10.0.0.2\",\"port\":49155}]}");
    }

    @Test
    void readsAnswersInNdr64() {
        assertThat(asked(MAPPED_WIDE)
                        .events()
                        .ofType("dcerpc")
                        .get(1)
                        .at("/probe/rpc/endpoints/0/port")
                        .asInt())
                .isEqualTo(49155);
    }

    @Test
    void expectsTheConnectionAndKnowsItsInterface() {
        byte[] request = bytes("05000003 10000000 1c00 0000 02000000" + "04000000 0000 0f00" + "01020304");
        Dialogue dialogue = asked(MAPPED);
        PacketBytes client = PacketBytes.from("10.0.0.1", 50_000).to("10.0.0.2", 49_155);
        PacketBytes server = PacketBytes.from("10.0.0.2", 49_155).to("10.0.0.1", 50_000);
        dialogue.frame(client.tcp(TcpFlags.SYN, 100, 0, new byte[0]))
                .frame(server.tcp(TcpFlags.SYN | TcpFlags.ACK, 200, 101, new byte[0]))
                .frame(client.tcp(TcpFlags.ACK, 101, 201, request))
                .frame(server.tcp(TcpFlags.ACK, 201, 101 + request.length, new byte[0]))
                .close();

        JsonNode call = dialogue.events().ofType("dcerpc").get(2);
        assertThat(call.at("/probe/rpc/operation").asText()).isEqualTo("ROpenSCManagerW");
        assertThat(call.path("parent_id").asLong())
                .isEqualTo(dialogue.events()
                        .ofType("dcerpc")
                        .get(1)
                        .path("flow_id")
                        .asLong());
    }

    @Test
    void readsPortsFromTheBindingsOfAnObject() {
        String binding = HexFormat.of().formatHex("FS1[49718]".getBytes(StandardCharsets.UTF_16LE)) + "0000";
        byte[] bind = BIND.clone();
        System.arraycopy(bytes("c4fefc99 6052 1b10 bbcb 00aa0021347a"), 0, bind, 32, 16);
        List<JsonNode> events = Dialogue.tcp(135)
                .client(bind)
                .server(BIND_ACK)
                .client(request(4))
                .server(response("00000000 0700" + binding + "0700" + binding))
                .events()
                .ofType("dcerpc");

        assertThat(events.get(1).at("/probe/rpc").toString())
                .isEqualTo("{\"interface\":\"IObjectExporter\",\"operation\":\"ResolveOxid2\","
                        + "\"endpoints\":[{\"transport\":\"tcp\",\"port\":49718}]}");
    }

    @Test
    void readsNoTowerLongerThanItsArray() {
        assertThat(asked(MAPPED.replace("4b000000 4b000000", "ff000000 ff000000"))
                        .events()
                        .ofType("dcerpc")
                        .get(1)
                        .at("/probe/rpc/endpoints")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    @Tag("limit:Endpoints.MAX_ENDPOINTS")
    void readsNoMoreTowersThanItKeeps() {
        StringBuilder many = new StringBuilder("00".repeat(20) + "0a000000" + "0a000000 00000000 0a000000");
        many.append("00000200".repeat(10)).append(("4b000000 4b000000" + TOWER + "00").repeat(10));

        assertThat(asked(many.toString()).events().ofType("dcerpc").get(1).at("/probe/rpc/endpoints"))
                .hasSize(Endpoints.MAX_ENDPOINTS);
    }

    static Dialogue asked(String stub) {
        return Dialogue.tcp(135)
                .client(BIND)
                .server(BIND_ACK)
                .client(request(3))
                .server(response(stub));
    }

    private static byte[] request(int opnum) {
        return bytes("05000003 10000000 1c00 0000 02000000" + "04000000 0000 0" + opnum + "00" + "01020304");
    }

    private static byte[] response(String stub) {
        byte[] pdu = bytes("05000203 10000000 0000 0000 02000000" + "00000000 0000 0000" + stub);
        pdu[8] = (byte) pdu.length;
        pdu[9] = (byte) (pdu.length >> 8);
        return pdu;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
