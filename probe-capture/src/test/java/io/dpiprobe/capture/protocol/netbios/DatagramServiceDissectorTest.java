// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static io.dpiprobe.capture.protocol.netbios.DatagramBytes.group;
import static io.dpiprobe.capture.protocol.netbios.DatagramBytes.hex;
import static io.dpiprobe.capture.protocol.netbios.DatagramBytes.mailslot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DatagramServiceDissectorTest {
    private static final String BROWSE = "\\MAILSLOT\\BROWSE";
    private static final String NETLOGON = "\\MAILSLOT\\NET\\NETLOGON";

    /** FS1 says that it is a server and a domain controller with Windows 10.0, and what it is for. */
    private static final byte[] ANNOUNCEMENT = hex(
            "01 00 80fc0a00" // host announcement, count, period
                    + "465331" + "00".repeat(13) // FS1
                    + "0a00 0a000000 0f01 55aa" // 10.0, types, browser 15.1, signature
                    + "66696c657300"); // "files"

    @Test
    void readsWhatAHostAnnounces() {
        JsonNode event = events(mailslot(BROWSE, ANNOUNCEMENT)).get(0);

        assertThat(event.at("/probe/nbdgm").toString())
                .isEqualTo("{\"type\":\"direct_group\",\"id\":4660,\"source_ip\":\"10.0.0.1\","
                        + "\"source_name\":\"FS1\",\"source_suffix\":\"20\","
                        + "\"destination_name\":\"CORP\",\"destination_suffix\":\"1d\","
                        + "\"mailslot\":\"\\\\MAILSLOT\\\\BROWSE\",\"operation\":\"host_announcement\","
                        + "\"host\":\"FS1\",\"os_version\":\"10.0\",\"server_types\":[\"server\",\"domain_controller\"],"
                        + "\"comment\":\"files\"}");
        assertThat(event.at("/probe/lane").asText()).isEqualTo("low");
    }

    @Test
    void readsWhoSpeaksForADomain() {
        byte[] domain = ANNOUNCEMENT.clone();
        domain[0] = 12;
        assertThat(said(BROWSE, domain))
                .isEqualTo("\"operation\":\"domain_announcement\",\"domain\":\"FS1\","
                        + "\"server_types\":[\"server\",\"domain_controller\"],\"host\":\"files\"}");
    }

    @Test
    void readsElectionsAndListsOfServers() {
        assertThat(said(BROWSE, hex("08 01 200f0110 e8030000 00000000 46533100")))
                .isEqualTo("\"operation\":\"election\",\"criteria\":\"10010f20\",\"uptime_ms\":1000,\"host\":\"FS1\"}");
        assertThat(said(BROWSE, hex("09 04 01000000"))).isEqualTo("\"operation\":\"backup_list_request\"}");
        assertThat(said(BROWSE, hex("0a 02 01000000 46533100 46533200")))
                .isEqualTo("\"operation\":\"backup_list_response\",\"backup_servers\":[\"FS1\",\"FS2\"]}");
        assertThat(said(BROWSE, hex("02 00 46533100")))
                .isEqualTo("\"operation\":\"announcement_request\",\"host\":\"FS1\"}");
        assertThat(said(BROWSE, hex("0d 46533100")))
                .isEqualTo("\"operation\":\"master_announcement\",\"host\":\"FS1\"}");
        assertThat(said(BROWSE, hex("0e 01"))).isEqualTo("\"operation\":\"reset_state\"}");
        assertThat(said(BROWSE, hex("77"))).isEqualTo("\"operation\":\"unknown\"}");
    }

    @Test
    void readsWhoLooksForADomainController() {
        byte[] request = concat(hex("1200 0000"), utf16("PC7"), utf16("alice"), hex("5c00 80000000"));
        assertThat(said(NETLOGON, request))
                .isEqualTo("\"operation\":\"sam_logon_request\",\"host\":\"PC7\",\"user\":\"alice\"}");
        assertThat(said(NETLOGON, hex("0700 50433700 5c00")))
                .isEqualTo("\"operation\":\"primary_query\",\"host\":\"PC7\"}");
        assertThat(said(NETLOGON, hex("0000 50433700 616c00 5c00")))
                .isEqualTo("\"operation\":\"logon_request\",\"host\":\"PC7\",\"user\":\"al\"}");
    }

    @Test
    void readsWhichDomainControllerAnswers() {
        byte[] answer = concat(hex("1500"), utf16("\\\\DC1"), utf16("alice"), utf16("CORP"));
        assertThat(said("\\MAILSLOT\\NET\\GETDC123", answer))
                .isEqualTo("\"operation\":\"sam_user_unknown\",\"domain_controller\":\"\\\\\\\\DC1\","
                        + "\"user\":\"alice\",\"domain\":\"CORP\"}");
        byte[] primary = concat(hex("0c00 44433100"), utf16("DC1"), utf16("CORP"));
        assertThat(said(NETLOGON, primary))
                .isEqualTo("\"operation\":\"primary_response\",\"domain_controller\":\"DC1\",\"domain\":\"CORP\"}");
        byte[] odd = concat(hex("0c00 4443313000 00"), utf16("DC10"), utf16("CORP"));
        assertThat(said(NETLOGON, odd)).endsWith("\"domain_controller\":\"DC10\",\"domain\":\"CORP\"}");
    }

    @Test
    void readsErrorsAndQueries() {
        JsonNode error = first(hex("13 02 1234 0a000001 008a 82"));
        assertThat(error.toString())
                .isEqualTo("{\"type\":\"error\",\"id\":4660,\"source_ip\":\"10.0.0.1\",\"error\":130}");
        byte[] query = concat(hex("14 02 1234 0a000001 008a"), DatagramBytes.name("CORP", 0x1c));
        assertThat(first(query).path("destination_name").asText()).isEqualTo("CORP");
    }

    @Test
    void readsNamesWhereTheRestIsOfAnotherKind() {
        assertThat(first(group(hex("fe534d42"))).has("mailslot")).isFalse();
        byte[] part = group(mailslot(BROWSE, ANNOUNCEMENT));
        part[1] |= 1;
        assertThat(first(part).has("mailslot")).isFalse();
        assertThat(first(group(mailslot("\\MAILSLOT\\OTHER", hex("01")))).has("operation"))
                .isFalse();
    }

    @Test
    void namesTheFlowWhereEveHasNoNameForIt() {
        JsonNode flow = Dialogue.udp(138)
                .client(group(mailslot(BROWSE, ANNOUNCEMENT)))
                .close()
                .events()
                .ofType("flow")
                .get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
        assertThat(flow.at("/probe/app_proto").asText()).isEqualTo("nbdgm");
    }

    @Test
    void refusesTypesAndNamesThatAreNone() {
        byte[] wrong = group(hex(""));
        wrong[0] = 0x17;
        assertThat(Dialogue.udp(138).client(wrong).events().ofType("nbdgm")).isEmpty();
        byte[] letters = group(hex(""));
        letters[15] = 'z';
        assertThat(Dialogue.udp(138).client(letters).events().ofType("nbdgm")).isEmpty();
    }

    @Test
    void writesNothingItDoesNotHave() {
        byte[] whole = group(mailslot(BROWSE, ANNOUNCEMENT));
        int names = 14 + 2 * 34;
        for (int length = 1; length < whole.length; length++) {
            List<JsonNode> events = Dialogue.udp(138)
                    .client(Arrays.copyOf(whole, length))
                    .events()
                    .ofType("nbdgm");
            assertThat(events).hasSize(length < names ? 0 : 1);
            assertThat(events).allMatch(event -> !event.at("/probe/nbdgm").has("operation"));
        }
    }

    @Test
    @Tag("limit:BrowserMessage.MAX_BACKUP_SERVERS")
    void showsSoManyBackupServers() {
        byte[] list = hex("0a 14 01000000" + "46533100".repeat(20));
        assertThat(first(group(mailslot(BROWSE, list))).path("backup_servers"))
                .hasSize(BrowserMessage.MAX_BACKUP_SERVERS);
    }

    private static byte[] utf16(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_16LE);
    }

    private static List<JsonNode> events(byte[] data) {
        return Dialogue.udp(138).client(group(data)).events().ofType("nbdgm");
    }

    private static JsonNode first(byte[] datagram) {
        return Dialogue.udp(138)
                .client(datagram)
                .events()
                .ofType("nbdgm")
                .get(0)
                .at("/probe/nbdgm");
    }

    /** From the operation on. */
    private static String said(String slot, byte[] data) {
        String text = first(group(mailslot(slot, data))).toString();
        return text.substring(text.indexOf("\"operation\""));
    }
}
