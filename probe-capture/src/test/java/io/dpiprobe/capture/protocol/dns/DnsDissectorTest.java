// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DnsDissectorTest {
    private static final String NAME = "03777777" + "07" + "6578616d706c65" + "03636f6d" + "00"; // www.example.com
    private static final String QUESTION = NAME + "0001" + "0001";
    static final byte[] QUERY = bytes("1234" + "0100" + "0001" + "0000" + "0000" + "0001" // id, RD, counts
            + QUESTION
            + "00" + "0029" + "04d0" + "00000000" + "0006" + "000a" + "0002" + "abcd"); // OPT with a cookie
    /** Where the answers of {@link #ANSWER} end and its authorities begin. */
    private static final int ANSWER_END = 12 + 21 + 18 + 16 + 18;

    static final byte[] ANSWER = bytes("1234" + "8580" + "0001" + "0003" + "0001" + "0000" // QR AA RD RA
            + QUESTION
            + "c00c" + "0005" + "0001" + "0000003c" + "0006" + "0363646e" + "c010" // CNAME cdn.example.com
            + "c02d" + "0001" + "0001" + "0000003c" + "0004" + "5db8d822" // A 93.184.216.34
            + "c02d" + "0010" + "0001" + "0000003c" + "0006" + "0161" + "0362632a" // TXT "a" "bc*"
            + "c010" + "0006" + "0001" + "00000e10" + "001a" // SOA
            + "016d" + "00" + "0172" + "00"
            + "00000001" + "00000002" + "00000003" + "00000004" + "00000005");

    @Test
    void readsAQuery() {
        JsonNode dns = only(Dialogue.udp(53).client(QUERY));

        assertThat(dns.path("version").asInt()).isEqualTo(3);
        assertThat(dns.path("type").asText()).isEqualTo("request");
        assertThat(dns.path("id").asInt()).isEqualTo(0x1234);
        assertThat(dns.path("flags").asText()).isEqualTo("100");
        assertThat(dns.path("rd").asBoolean()).isTrue();
        assertThat(dns.has("qr")).isFalse();
        assertThat(dns.at("/queries/0/rrname").asText()).isEqualTo("www.example.com");
        assertThat(dns.at("/queries/0/rrtype").asText()).isEqualTo("A");
        assertThat(dns.at("/additionals/0/opt/0/code").asInt()).isEqualTo(10);
        assertThat(dns.at("/additionals/0/opt/0/data").asText()).isEqualTo("abcd");
    }

    @Test
    void readsAnAnswerWithCompressedNames() {
        JsonNode dns = only(Dialogue.udp(53).server(ANSWER));

        assertThat(dns.path("type").asText()).isEqualTo("response");
        assertThat(dns.path("aa").asBoolean()).isTrue();
        assertThat(dns.at("/answers/0/rdata").asText()).isEqualTo("cdn.example.com");
        assertThat(dns.at("/answers/1/rrname").asText()).isEqualTo("cdn.example.com");
        assertThat(dns.at("/answers/1/rdata").asText()).isEqualTo("93.184.216.34");
        assertThat(dns.at("/answers/1/ttl").asInt()).isEqualTo(60);
        assertThat(dns.at("/answers/2/rdata").asText()).isEqualTo("a");
        assertThat(dns.at("/answers/3/rdata").asText()).isEqualTo("bc*");
        assertThat(dns.path("grouped").toString())
                .isEqualTo("{\"A\":[\"93.184.216.34\"],\"CNAME\":[\"cdn.example.com\"],\"TXT\":[\"a\",\"bc*\"]}");
        assertThat(dns.at("/authorities/0/soa/rname").asText()).isEqualTo("r");
        assertThat(dns.at("/authorities/0/soa/minimum").asInt()).isEqualTo(5);
    }

    @Test
    void showsTheSenderAsTheSource() {
        Dialogue dialogue = Dialogue.udp(53).client(QUERY).server(ANSWER).close();

        List<JsonNode> events = dialogue.events().ofType("dns");
        assertThat(events.get(0).path("dest_port").asInt()).isEqualTo(53);
        assertThat(events.get(1).path("src_port").asInt()).isEqualTo(53);
        assertThat(events.get(1).at("/dns/tx_id").asInt()).isEqualTo(1);
        assertThat(dialogue.appProto()).isEqualTo("dns");
    }

    @Test
    void readsSeveralMessagesFromOneSegmentAndOneFromMany() {
        byte[] two = join(framed(QUERY), framed(QUERY));
        assertThat(Dialogue.tcp(53).client(two).bodies("dns")).hasSize(2);
        assertThat(Dialogue.tcp(53).clientByteByByte(two).bodies("dns")).hasSize(2);
    }

    @Test
    void findsTheNextMessageBehindAGap() {
        Dialogue dialogue = Dialogue.tcp(53)
                .client(framed(QUERY))
                .clientLoses(30)
                .client("rest of what was lost")
                .client(framed(QUERY));

        assertThat(dialogue.bodies("dns")).hasSize(2);
    }

    @Test
    @Tag("limit:DnsName.MAX_POINTERS")
    void refusesPointersThatNeverEndOrLeadOut() {
        assertThat(Dialogue.udp(53).client(query("c00c")).bodies("dns")).isEmpty(); // to itself
        assertThat(Dialogue.udp(53).client(query("0161" + "c00c")).bodies("dns"))
                .isEmpty(); // a loop
        assertThat(Dialogue.udp(53).client(query("c0ff")).bodies("dns")).isEmpty(); // behind the message
    }

    @Test
    void refusesLabelsOfAReservedKind() {
        assertThat(Dialogue.udp(53).client(query("4161" + "00")).bodies("dns")).isEmpty();
    }

    @Test
    @Tag("limit:DnsHeader.MAX_RECORDS")
    void refusesCountsBeyondTheLimitAndWithoutRecords() {
        byte[] many = QUERY.clone();
        many[6] = 0x40;
        assertThat(Dialogue.udp(53).client(many).bodies("dns")).isEmpty();
        assertThat(Dialogue.udp(53)
                        .client(Arrays.copyOf(bytes("12340100000000000000000000"), 12))
                        .bodies("dns"))
                .isEmpty();
    }

    @Test
    void showsTheAnswersWhenWhatFollowsIsBroken() {
        byte[] broken = Arrays.copyOf(ANSWER, ANSWER.length - 1);
        JsonNode dns = only(Dialogue.udp(53).server(broken));

        assertThat(dns.path("answers").size()).isEqualTo(4);
        assertThat(dns.has("authorities")).isFalse();
    }

    @Test
    void writesNothingForADatagramThatIsCutOffBeforeItsLastAnswer() {
        for (int length = 0; length < ANSWER_END; length++) {
            assertThat(Dialogue.udp(53).server(Arrays.copyOf(ANSWER, length)).bodies("dns"))
                    .isEmpty();
        }
    }

    @Test
    void asksForMoreOfEveryPrefixOfAStream() {
        byte[] framed = framed(ANSWER);
        for (int length = 1; length < framed.length; length++) {
            Dialogue dialogue = Dialogue.tcp(53).server(Arrays.copyOf(framed, length));
            assertThat(dialogue.bodies("dns")).isEmpty();
            dialogue.server(Arrays.copyOfRange(framed, length, framed.length));
            assertThat(dialogue.bodies("dns")).hasSize(1);
        }
    }

    @Test
    void escapesWhatIsNotText() {
        JsonNode dns = only(Dialogue.udp(53).client(query("02ff22" + "00")));

        assertThat(dns.at("/queries/0/rrname").asText()).isEqualTo("\\xff\"");
    }

    @Test
    void stopsReadingWhenTheEventIsFull() {
        String longName = "0161".repeat(400) + "00"; // 799 characters, which every record points at
        StringBuilder hex = new StringBuilder("1234" + "8180" + "0001" + "0320" + "0000" + "0000");
        hex.append(longName).append("00010001");
        hex.append(("c00c" + "0005" + "0001" + "00000000" + "0002" + "c00c").repeat(0x320));
        Dialogue dialogue = Dialogue.udp(53).server(bytes(hex.toString()));

        assertThat(dialogue.events().ofType("dns").get(0).at("/probe/truncated").asBoolean())
                .isTrue();
        assertThat(dialogue.bodies("dns").get(0).path("answers").size()).isBetween(30, 60);
    }

    @Test
    void readsMulticastDns() {
        byte[] announcement = bytes("0000" + "8400" + "0000" + "0002" + "0000" + "0000"
                + "05" + "5f68747470" + "04" + "5f746370" + "05" + "6c6f63616c" + "00" // _http._tcp.local
                + "000c" + "0001" + "00000078" + "0004" + "0178" + "c00c" // PTR x._http._tcp.local
                + "0178" + "c00c" + "0010" + "8001" + "00000078" + "0004" + "03613d62"); // TXT a=b
        JsonNode mdns = Dialogue.udp(5353).client(announcement).bodies("mdns").get(0);

        assertThat(mdns.path("flags").toString()).isEqualTo("[\"aa\"]");
        assertThat(mdns.at("/answers/0/ptr").asText()).isEqualTo("x._http._tcp.local");
        assertThat(mdns.at("/answers/1/txt").toString()).isEqualTo("[\"a=b\"]");
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("dns")).hasSize(1);
        return dialogue.bodies("dns").get(0);
    }

    private static byte[] query(String name) {
        return bytes("1234" + "0100" + "0001" + "0000" + "0000" + "0000" + name + "0001" + "0001");
    }

    static byte[] framed(byte[] message) {
        return join(new byte[] {(byte) (message.length >> 8), (byte) message.length}, message);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    @Tag("limit:DnsName.MAX_LENGTH")
    void cutsANameThatPointersMakeLonger() {
        // 15 labels of 63 bytes in the name of a first question, and a second one that goes on at the first
        String long1 = ("3f" + "61".repeat(63)).repeat(15) + "00";
        String more = ("3f" + "62".repeat(63)).repeat(3) + "c00c";
        byte[] query =
                bytes("1234" + "0100" + "0002" + "0000" + "0000" + "0000" + long1 + "00010001" + more + "00010001");
        JsonNode queries = only(Dialogue.udp(53).client(query)).path("queries");

        assertThat(queries.get(0).has("rrname_truncated")).isFalse();
        assertThat(queries.get(1).path("rrname").asText()).hasSizeBetween(DnsName.MAX_LENGTH - 64, DnsName.MAX_LENGTH);
        assertThat(queries.get(1).path("rrname_truncated").asBoolean()).isTrue();
    }
}
