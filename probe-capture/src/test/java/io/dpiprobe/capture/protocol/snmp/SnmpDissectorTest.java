// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.snmp;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import io.dpiprobe.capture.protocol.asn1.Der;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SnmpDissectorTest {
    /** GetRequest of version 2c, community "hush", for sysDescr.0. */
    static final byte[] GET = HexFormat.of()
            .parseHex("3027" + "020101" + "040468757368" // version, community
                    + "a01c" + "02020102" + "020100" + "020100" // request, no error
                    + "3010" + "300e" + "0608" + "2b06010201010100" + "0502" + "0000"); // name, value

    @Test
    void readsARequestButNotItsCommunity() {
        Dialogue dialogue = Dialogue.udp(1161).client(GET);

        assertThat(only(dialogue).toString())
                .isEqualTo("{\"version\":2,\"community\":\"***\",\"pdu_type\":\"get_request\","
                        + "\"vars\":[\"1.3.6.1.2.1.1.1.0\"]}");
        assertThat(dialogue.events().lines().get(0)).doesNotContain("hush");
        assertThat(dialogue.close().appProto()).isEqualTo("snmp");
    }

    @Test
    void showsCommunitiesIfAskedTo() {
        assertThat(only(Dialogue.udp(1161, Secrets.SHOWN).client(GET)).path("community"))
                .hasToString("\"hush\"");
    }

    @Test
    void readsATrapOfVersion1() {
        byte[] enterprise = element(Der.OBJECT_IDENTIFIER, new byte[] {0x2b, 6, 1, 4, 1, (byte) 0x8f, 0x65});
        byte[] address = element(0x40, new byte[] {10, 0, 0, 7});
        byte[] time = element(0x43, new byte[] {1});
        byte[] trap = element(0xa4, enterprise, address, number(3), number(0), time, element(Der.SEQUENCE));
        JsonNode snmp = only(Dialogue.udp(162).client(element(Der.SEQUENCE, number(0), text(4, "c"), trap)));

        assertThat(snmp.toString())
                .isEqualTo("{\"version\":1,\"community\":\"***\",\"pdu_type\":\"trap_v1\",\"trap_type\":\"link_up\","
                        + "\"trap_oid\":\"1.3.6.1.4.1.2021\",\"trap_address\":\"10.0.0.7\"}");
    }

    @Test
    void readsTheUserOfVersion3WhateverIsEncrypted() {
        byte[] security = element(
                Der.SEQUENCE, text(4, "engine"), number(1), number(2), text(4, "admin"), text(4, ""), text(4, ""));
        byte[] header = element(Der.SEQUENCE, number(1), number(100), text(4, "x"), number(3));
        byte[] message = element(Der.SEQUENCE, number(3), header, element(4, security), text(4, "encrypted"));

        assertThat(only(Dialogue.udp(161).client(message)).toString()).isEqualTo("{\"version\":3,\"usm\":\"admin\"}");
    }

    @Test
    void refusesUnknownVersionsAndKinds() {
        byte[] version = GET.clone();
        version[4] = 2;
        byte[] kind = GET.clone();
        kind[11] = (byte) 0xa9;

        assertThat(Verdicts.detect(SnmpProtocol.SNMP, Direction.TO_SERVER, version))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.read(SnmpProtocol.SNMP, Direction.TO_SERVER, version))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(SnmpProtocol.SNMP, Direction.TO_SERVER, kind))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.read(SnmpProtocol.SNMP, Direction.TO_SERVER, kind)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesEveryPrefix() {
        for (int length = 0; length < GET.length; length++) {
            assertThat(Verdicts.read(SnmpProtocol.SNMP, Direction.TO_SERVER, Arrays.copyOf(GET, length)))
                    .isNotEqualTo(Verdict.OK);
        }
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> events = dialogue.bodies("snmp");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    @Tag("limit:SnmpDissector.MAX_VARIABLES")
    void namesSoManyVariables() {
        byte[] variable = element(0x30, element(6, new byte[] {0x2b, 6, 1}), element(5));
        byte[][] all = new byte[SnmpDissector.MAX_VARIABLES + 50][];
        Arrays.fill(all, variable);
        byte[] request = element(0xa0, number(1), number(0), number(0), element(0x30, all));
        byte[] message = element(0x30, number(1), element(4, new byte[] {'x'}), request);

        assertThat(only(Dialogue.udp(161).client(message)).path("vars")).hasSize(SnmpDissector.MAX_VARIABLES);
    }
}
