// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DNS on ports where nobody expects it. */
class DnsSignatureTest {
    private static final int ODD_PORT = 8053;
    private static final String NO_RECORDS = "0000" + "0000" + "0000";
    private static final String QUESTION = "03777777" + "07" + "6578616d706c65" + "03636f6d" + "00" + "0001" + "0001";
    private static final String QUERY = "1234" + "0100" + "0001" + NO_RECORDS + QUESTION;
    private static final String ADDRESS = "c00c" + "0001" + "0001" + "0000003c" + "0004" + "5db8d822";
    private static final String ANSWER = "1234" + "8180" + "0001" + "0001" + "0000" + "0000" + QUESTION + ADDRESS;
    /** "A", sixteen bytes of it as 32 letters (RFC 1001, 14.1). */
    private static final String NETBIOS_NAME = "20" + "4542" + "4341".repeat(15) + "00";

    @Test
    void recognisesQueryAndAnswerOnAnyPort() {
        Dialogue dialogue = udp(QUERY).server(bytes(ANSWER)).close();

        assertThat(dialogue.bodies("dns")).hasSize(2);
        assertThat(dialogue.appProto()).isEqualTo("dns");
        assertThat(Dialogue.udp(ODD_PORT).server(bytes(ANSWER)).bodies("dns")).hasSize(1);
        assertThat(Dialogue.udp(443).client(DnsDissectorTest.QUERY).bodies("dns"))
                .hasSize(1);
        assertThat(Dialogue.udp(443).server(DnsDissectorTest.ANSWER).bodies("dns"))
                .hasSize(1);
    }

    @Test
    void recognisesPaddingThatIsNoOption() {
        String padding = "00" + "0000" + "0000" + "00000000" + "0004" + "00000000";

        assertThat(isDns("1234" + "0100" + "0001" + "0000" + "0000" + "0001" + QUESTION + padding))
                .isTrue();
    }

    @Test
    void recognisesStreamsOnAnyPort() {
        byte[] query = DnsDissectorTest.framed(bytes(QUERY));
        byte[] answer = DnsDissectorTest.framed(DnsDissectorTest.ANSWER);

        assertThat(Dialogue.tcp(ODD_PORT).client(query).server(answer).bodies("dns"))
                .hasSize(2);
        assertThat(Dialogue.tcp(ODD_PORT).clientByteByByte(query).bodies("dns")).hasSize(1);
        assertThat(Dialogue.tcp(ODD_PORT)
                        .client(Arrays.copyOf(query, query.length - 1))
                        .bodies("dns"))
                .isEmpty();
    }

    @Test
    @Tag("limit:DnsSignature.MAX_FIRST_MESSAGE")
    void recognisesNoStreamByAMessageThatIsTooLong() {
        assertThat(answersToStream(DnsSignature.MAX_FIRST_MESSAGE)).isEqualTo(1);
        assertThat(answersToStream(DnsSignature.MAX_FIRST_MESSAGE + 1)).isZero();
    }

    private static int answersToStream(int length) {
        String start = "1234" + "8180" + "0001" + "0001" + "0000" + "0000" + QUESTION;
        int rest = length - start.length() / 2 - 12;
        String record = "c00c" + "0010" + "0001" + "0000003c" + String.format("%04x", rest) + "00".repeat(rest);
        return Dialogue.tcp(ODD_PORT)
                .server(DnsDissectorTest.framed(bytes(start + record)))
                .bodies("dns")
                .size();
    }

    @Test
    void refusesOtherHeaders() {
        assertThat(isDns("1234" + "0800" + "0001" + NO_RECORDS + QUESTION)).isFalse(); // inverse query
        assertThat(isDns("1234" + "0140" + "0001" + NO_RECORDS + QUESTION)).isFalse(); // reserved bit
        assertThat(isDns("1234" + "0500" + "0001" + NO_RECORDS + QUESTION)).isFalse(); // authoritative query
        assertThat(isDns("1234" + "0103" + "0001" + NO_RECORDS + QUESTION)).isFalse(); // outcome of a query
        assertThat(isDns("1234" + "818b" + "0001" + NO_RECORDS + QUESTION)).isFalse(); // outcome that is free
        assertThat(isDns("1234" + "0100" + "0002" + NO_RECORDS + QUESTION + QUESTION))
                .isFalse();
        assertThat(isDns("1234" + "8180" + "0000" + "0001" + "0000" + "0000" + "00" + ADDRESS.substring(4)))
                .isFalse();
    }

    @Test
    void refusesRecordsInAQuery() {
        assertThat(isDns("1234" + "0100" + "0001" + "0001" + "0000" + "0000" + QUESTION + ADDRESS))
                .isFalse();
        assertThat(isDns("1234" + "0100" + "0001" + "0000" + "0000" + "0001" + QUESTION + "00" + ADDRESS.substring(4)))
                .isFalse();
    }

    @Test
    void refusesWhatDoesNotEndWhereItsRecordsDo() {
        for (String message : new String[] {QUERY, ANSWER}) {
            assertThat(isDns(message + "00")).isFalse();
            for (int length = 0; length < message.length(); length += 2) {
                assertThat(isDns(message.substring(0, length))).isFalse();
            }
        }
    }

    @Test
    void refusesQuestionsThatNobodyAsks() {
        assertThat(isDns(asking("0161" + "00", "0001" + "0001"))).isTrue();
        assertThat(isDns(asking("0101" + "00", "0001" + "0001"))).isFalse(); // control character
        assertThat(isDns(asking("0161" + "c00c", "0001" + "0001"))).isFalse(); // points at itself
        assertThat(isDns(asking("4061" + "00", "0001" + "0001"))).isFalse(); // label of a reserved kind
        assertThat(isDns(asking("0161" + "00", "0029" + "0001"))).isFalse(); // OPT
        assertThat(isDns(asking("0161" + "00", "1234" + "0001"))).isFalse(); // no type
        assertThat(isDns(asking("0161" + "00", "0001" + "0002"))).isFalse(); // no class
        assertThat(isDns(asking(("3f" + "61".repeat(63)).repeat(4) + "00", "0001" + "0001")))
                .isFalse(); // name of 257 bytes
    }

    @Test
    void refusesPointersThatLeadForward() {
        String forward = "c021" + ADDRESS.substring(4);

        assertThat(isDns(ANSWER.replace(ADDRESS, forward))).isFalse();
    }

    @Test
    void leavesNamesOfNetbiosAlone() {
        assertThat(isDns(asking(NETBIOS_NAME, "0020" + "0001"))).isFalse();
        assertThat(isDns(asking(NETBIOS_NAME, "0021" + "0001"))).isFalse();
        assertThat(isDns(asking("0161" + "00", "0021" + "0001"))).isTrue(); // SRV
    }

    @Test
    void leavesPortsOfOthersToThem() {
        assertThat(Dialogue.udp(5353).client(bytes(QUERY)).bodies("mdns")).hasSize(1);
        assertThat(Dialogue.udp(137).client(bytes(QUERY)).events().ofType("nbns"))
                .hasSize(1);
        assertThat(Dialogue.udp(5355).client(bytes(QUERY)).events().ofType("llmnr"))
                .hasSize(1);
    }

    private static boolean isDns(String message) {
        boolean datagram = "dns".equals(udp(message).close().appProto());
        boolean stream = "dns"
                .equals(Dialogue.tcp(ODD_PORT)
                        .client(DnsDissectorTest.framed(bytes(message)))
                        .close()
                        .appProto());
        assertThat(stream).isEqualTo(datagram);
        return datagram;
    }

    private static String asking(String name, String typeAndClass) {
        return "1234" + "0100" + "0001" + NO_RECORDS + name + typeAndClass;
    }

    private static Dialogue udp(String message) {
        return Dialogue.udp(ODD_PORT).client(bytes(message));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
