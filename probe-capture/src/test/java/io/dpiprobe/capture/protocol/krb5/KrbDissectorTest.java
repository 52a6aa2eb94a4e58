// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KrbDissectorTest {
    /** AS-REQ of user "al" in realm "R.X" for "krbtgt/R.X", without pre-authentication. */
    private static final byte[] AS_REQ = HexFormat.of()
            .parseHex("6a5d" + "305b" // [APPLICATION 10] SEQUENCE
                    + "a103020105" // pvno 5
                    + "a20302010a" // msg-type 10
                    + "a44f304d" // req-body
                    + "a00703050040000000" // kdc-options
                    + "a10f300da003020101a106" + "3004" + "1b02616c" // cname: NT-PRINCIPAL, "al"
                    + "a2051b03522e58" // realm "R.X"
                    + "a3183016a003020102a10f300d" + "1b066b7262746774" + "1b03522e58" // sname: krbtgt, R.X
                    + "a703020107" // nonce
                    + "a80b3009020112020111020117"); // etype: 18, 17, 23

    @Test
    void showsWhatTheClientAsksFor() {
        JsonNode asked = Dialogue.udp(88)
                .client(KrbBytes.request(10, "ann", "krbtgt", "EXAMPLE.COM"))
                .events()
                .ofType("krb5")
                .get(0)
                .at("/probe/krb5");

        assertThat(asked.toString())
                .isEqualTo("{\"preauthenticated\":false,\"options\":[\"forwardable\"],\"till\":\"20260101000000Z\","
                        + "\"encryption\":[\"aes256-cts-hmac-sha1-96\",\"rc4-hmac\"],\"weak_encryption_only\":false}");
    }

    @Test
    void readsARequestOverUdp() {
        Dialogue dialogue = Dialogue.udp(88).client(AS_REQ);

        JsonNode krb = dialogue.bodies("krb5").get(0);
        assertThat(krb.path("msg_type").asText()).isEqualTo("KRB_AS_REQ");
        assertThat(krb.path("cname").asText()).isEqualTo("al");
        assertThat(krb.path("realm").asText()).isEqualTo("R.X");
        assertThat(krb.path("sname").asText()).isEqualTo("krbtgt/R.X");
        assertThat(krb.path("encryption").asText()).isEqualTo("<none>");
        assertThat(krb.path("weak_encryption").asBoolean()).isFalse();
        assertThat(dialogue.close().appProto()).isEqualTo("krb5");
    }

    @Test
    void showsAServiceTicketInRc4AsKerberoastingAsksForIt() {
        List<JsonNode> events = Dialogue.tcp(88)
                .client(KrbBytes.record(KrbBytes.request(MessageType.TGS_REQ, "", "MSSQLSvc", "db.example.com:1433")))
                .server(KrbBytes.record(
                        KrbBytes.reply(MessageType.TGS_REP, 18, 23, "al", "MSSQLSvc", "db.example.com:1433")))
                .bodies("krb5");

        assertThat(events).hasSize(2);
        assertThat(events.get(0).path("cname").asText()).isEqualTo("<empty>");
        JsonNode reply = events.get(1);
        assertThat(reply.path("msg_type").asText()).isEqualTo("KRB_TGS_REP");
        assertThat(reply.path("cname").asText()).isEqualTo("al");
        assertThat(reply.path("realm").asText()).isEqualTo("EXAMPLE.COM");
        assertThat(reply.path("sname").asText()).isEqualTo("MSSQLSvc/db.example.com:1433");
        assertThat(reply.path("encryption").asText()).isEqualTo("aes256-cts-hmac-sha1-96");
        assertThat(reply.path("weak_encryption").asBoolean()).isFalse();
        assertThat(reply.path("ticket_encryption").asText()).isEqualTo("rc4-hmac");
        assertThat(reply.path("ticket_weak_encryption").asBoolean()).isTrue();
    }

    @Test
    void showsAReplyInRc4AsRoastingOfLogInsAsksForIt() {
        JsonNode reply = Dialogue.udp(88)
                .client(KrbBytes.request(MessageType.AS_REQ, "al", "krbtgt", "EXAMPLE.COM"))
                .server(KrbBytes.reply(MessageType.AS_REP, 23, 18, "al", "krbtgt", "EXAMPLE.COM"))
                .bodies("krb5")
                .get(1);

        assertThat(reply.path("encryption").asText()).isEqualTo("rc4-hmac");
        assertThat(reply.path("weak_encryption").asBoolean()).isTrue();
        assertThat(reply.path("ticket_weak_encryption").asBoolean()).isFalse();
    }

    @Test
    void saysWhichRequestAnErrorIsFor() {
        Dialogue dialogue = Dialogue.udp(88)
                .client(KrbBytes.request(MessageType.AS_REQ, "al", "krbtgt", "EXAMPLE.COM"))
                .server(KrbBytes.error(25, "krbtgt", "EXAMPLE.COM"))
                .server(KrbBytes.error(99, "krbtgt", "EXAMPLE.COM"));

        JsonNode error = dialogue.bodies("krb5").get(1);
        assertThat(error.path("msg_type").asText()).isEqualTo("KRB_ERROR");
        assertThat(error.path("failed_request").asText()).isEqualTo("KRB_AS_REQ");
        assertThat(error.path("error_code").asText()).isEqualTo("KDC_ERR_PREAUTH_REQUIRED");
        assertThat(error.path("cname").asText()).isEqualTo("<empty>");
        JsonNode another = dialogue.bodies("krb5").get(2);
        assertThat(another.path("failed_request").asText()).isEqualTo("UNKNOWN");
        assertThat(another.path("error_code").asText()).isEqualTo("99");
    }

    @Test
    void readsSeveralRecordsOfOneSegmentAndOneRecordOfManySegments() {
        byte[] record = KrbBytes.record(AS_REQ);

        assertThat(Dialogue.tcp(88).client(concat(record, record, record)).bodies("krb5"))
                .hasSize(3);
        assertThat(Dialogue.tcp(88).clientByteByByte(record).bodies("krb5")).hasSize(1);
    }

    @Test
    void recognisesKerberosOnAnyPortByItsContent() {
        assertThat(Dialogue.tcp(10_088).client(KrbBytes.record(AS_REQ)).bodies("krb5"))
                .hasSize(1);
        assertThat(Dialogue.udp(10_088).client(AS_REQ).bodies("krb5")).hasSize(1);
    }

    @Test
    @Tag("limit:PrincipalName.MAX_PARTS")
    void writesNoMorePartsOfANameThanTheLimit() {
        String[] parts = new String[PrincipalName.MAX_PARTS + 4];
        Arrays.fill(parts, "p");
        JsonNode krb = Dialogue.udp(88)
                .client(KrbBytes.request(MessageType.TGS_REQ, "", parts))
                .bodies("krb5")
                .get(0);

        assertThat(krb.path("sname").asText()).isEqualTo("p" + "/p".repeat(PrincipalName.MAX_PARTS - 1));
    }

    @Test
    void refusesAnotherVersion() {
        assertThat(read(changed(8, 4))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAMessageTypeThatIsNotItsTag() {
        assertThat(read(changed(13, 12))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesATagThatIsNoMessage() {
        assertThat(read(changed(0, 0x65))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAFieldThatEndsBehindItsMessage() {
        assertThat(read(changed(15, 0x7f))).isEqualTo(Verdict.INVALID); // length of req-body
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(read(AS_REQ)).isEqualTo(Verdict.OK);
        for (int length = 0; length < AS_REQ.length; length++) {
            assertThat(read(Arrays.copyOf(AS_REQ, length)))
                    .as("%d bytes", length)
                    .isEqualTo(Verdict.NEED_MORE);
        }
    }

    private static byte[] changed(int index, int value) {
        byte[] bytes = AS_REQ.clone();
        bytes[index] = (byte) value;
        return bytes;
    }

    private static Verdict read(byte[] bytes) {
        return new Message().read(new Cursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    @Test
    @Tag("limit:KdcRequest.MAX_TYPES")
    void keepsSoManyTypesOfEncryption() {
        byte[][] types = new byte[40][];
        Arrays.fill(types, number(18));
        byte[] body = element(
                0x30,
                element(0xa0, element(0x03, new byte[] {0, 0x40, 0, 0, 0})),
                element(0xa2, text(0x1b, "R")),
                element(0xa7, number(7)),
                element(0xa8, element(0x30, types)));
        byte[] request = element(
                0x60 + MessageType.AS_REQ,
                element(0x30, element(0xa1, number(5)), element(0xa2, number(10)), element(0xa4, body)));
        JsonNode event =
                Dialogue.udp(88).client(request).close().events().ofType("krb5").get(0);

        assertThat(event.at("/probe/krb5/encryption")).hasSize(16);
    }
}
