// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;
import io.dpiprobe.capture.protocol.asn1.DerBytes;
import io.dpiprobe.capture.protocol.ntlm.TokenBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LdapDissectorTest {
    /** DelRequest of "cn=a" with number 7 and a control, lengths in the long form as some clients write them. */
    private static final byte[] DELETE = HexFormat.of()
            .parseHex(
                    "308400000013" // LDAPMessage
                            + "020107" // messageID
                            + "4a04636e3d61" // delRequest
                            + "a0083006" + "0404312e3233"); // controls

    private static final byte[] ANY = text(0x87, "objectClass");

    @Test
    void writesASearchWithItsEntriesAsOneEvent() {
        Dialogue dialogue = Dialogue.tcp(389)
                .client(LdapBytes.search(2, "dc=x", ANY, "cn", "sn"))
                .server(LdapBytes.entry(2, "cn=a,dc=x", "cn", "a", "b"));
        assertThat(dialogue.bodies("ldap")).isEmpty();

        JsonNode ldap = only(dialogue.server(LdapBytes.result(2, Operation.SEARCH_RESULT_DONE, 0)));
        assertThat(ldap.at("/request/message_id").asInt()).isEqualTo(2);
        JsonNode search = ldap.at("/request/search_request");
        assertThat(search.path("base_object").asText()).isEqualTo("dc=x");
        assertThat(search.path("scope").asInt()).isEqualTo(2);
        assertThat(search.path("size_limit").asInt()).isEqualTo(10);
        assertThat(search.path("time_limit").asInt()).isEqualTo(20);
        assertThat(search.at("/filter/type").asText()).isEqualTo("present");
        assertThat(search.at("/filter/value").asText()).isEqualTo("objectClass");
        assertThat(search.at("/attributes/1").asText()).isEqualTo("sn");
        assertThat(ldap.path("responses")).hasSize(2);
        assertThat(ldap.at("/responses/0/search_result_entry/attributes/0/values/1")
                        .asText())
                .isEqualTo("b");
        assertThat(ldap.at("/responses/1/search_result_done/result_code").asText())
                .isEqualTo("success");
        assertThat(dialogue.close().appProto()).isEqualTo("ldap");
    }

    @Test
    void readsConnectionlessSearches() {
        byte[] answer =
                concat(LdapBytes.entry(1, "", "netlogon", "x"), LdapBytes.result(1, Operation.SEARCH_RESULT_DONE, 0));

        JsonNode ldap =
                only(Dialogue.udp(389).client(LdapBytes.search(1, "", ANY)).server(answer));
        assertThat(ldap.path("responses")).hasSize(2);
    }

    @Test
    void writesFiltersAsText() {
        byte[] equality = element(0xa3, LdapBytes.string("cn"), LdapBytes.string("a*(b)\""));
        byte[] parts = element(Der.SEQUENCE, text(0x80, "s"), text(0x81, "m"), text(0x82, "e"));
        byte[] substrings = element(0xa4, LdapBytes.string("sn"), parts);
        byte[] rule = element(
                0xa9, text(0x81, "1.2.840.113556.1.4.803"), text(0x82, "userAccountControl"), text(0x83, "4194304"));
        byte[] filter = element(0xa0, equality, element(0xa2, substrings), element(0xa1, ANY, rule));

        assertThat(filterText(filter))
                .isEqualTo("(&(cn=a\\2a\\28b\\29\\22)(!(sn=s*m*e))"
                        + "(|(objectClass=*)(userAccountControl:1.2.840.113556.1.4.803:=4194304)))");
    }

    @Test
    @Tag("limit:Filter.MAX_DEPTH")
    void readsNoFilterDeeperThanTheLimit() {
        byte[] filter = ANY;
        for (int i = 0; i < Filter.MAX_DEPTH + 5; i++) {
            filter = element(0xa2, filter);
        }
        assertThat(filterText(filter)).startsWith("(!(!").doesNotContain("objectClass");
    }

    @Test
    void keepsPasswordsOnTheWire() {
        String secret = "s3cret";
        String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII));
        Dialogue dialogue = passwords(secret, Secrets.HIDDEN);

        assertThat(dialogue.bodies("ldap")).hasSize(6);
        assertThat(request(dialogue, 0, "bind_request/name")).isEqualTo("cn=admin");
        assertThat(request(dialogue, 1, "bind_request/sasl/mechanism")).isEqualTo("PLAIN");
        assertThat(dialogue.events().lines())
                .allSatisfy(line -> assertThat(line).doesNotContain(secret).doesNotContain(hex));
    }

    @Test
    void showsPasswordsIfAskedTo() {
        Dialogue dialogue = passwords("s3cret", Secrets.SHOWN);

        assertThat(dialogue.bodies("ldap")).hasSize(6);
        assertThat(request(dialogue, 0, "bind_request/name")).isEqualTo("cn=admin");
        assertThat(request(dialogue, 1, "bind_request/sasl/credentials")).isEqualTo("0061646d696e00733363726574");
        assertThat(request(dialogue, 2, "modify_request/changes/0/modification/attribute_values/0"))
                .isEqualTo("s3cret");
        assertThat(request(dialogue, 3, "add_request/attributes/0/values/0")).isEqualTo("s3cret");
        assertThat(request(dialogue, 4, "extended_request/value")).isEqualTo("78733363726574");
        assertThat(request(dialogue, 5, "search_request/filter/value")).isEqualTo("(userPassword=s3cret)");
    }

    @Test
    void keepsAPasswordThatTheServerMadeUpOnTheWire() {
        assertThat(madeUpPassword(Secrets.HIDDEN, true)).doesNotContain("78797a");
        assertThat(madeUpPassword(Secrets.HIDDEN, false)).doesNotContain("78797a");
        assertThat(madeUpPassword(Secrets.SHOWN, true)).contains("78797a");
    }

    private static String madeUpPassword(Secrets secrets, boolean requestSeen) {
        Dialogue dialogue = Dialogue.tcp(389, secrets).client(LdapBytes.simpleBind(1, "cn=admin", "x"));
        if (requestSeen) {
            dialogue.client(LdapBytes.message(5, Operation.EXTENDED_REQUEST, text(0x80, "1.3.6.1.4.1.4203.1.11.1")));
        }
        dialogue.server(LdapBytes.message(
                5,
                Operation.EXTENDED_RESPONSE,
                LdapBytes.enumerated(0),
                LdapBytes.string(""),
                LdapBytes.string(""),
                text(0x8b, "xyz")));
        return String.join("\n", dialogue.close().events().lines());
    }

    private static String request(Dialogue dialogue, int index, String path) {
        return dialogue.bodies("ldap").get(index).at("/request/" + path).asText();
    }

    private static Dialogue passwords(String secret, Secrets secrets) {
        byte[] password = element(Der.SEQUENCE, LdapBytes.string("userPassword"), LdapBytes.list(Der.SET, secret));
        byte[] change = element(Der.SEQUENCE, LdapBytes.enumerated(2), password);
        return Dialogue.tcp(389, secrets)
                .client(LdapBytes.simpleBind(1, "cn=admin", secret))
                .client(LdapBytes.saslBind(2, "PLAIN", "\0admin\0" + secret))
                .client(LdapBytes.message(
                        3, Operation.MODIFY_REQUEST, LdapBytes.string("cn=a"), element(Der.SEQUENCE, change)))
                .client(LdapBytes.message(
                        4, Operation.ADD_REQUEST, LdapBytes.string("cn=a"), element(Der.SEQUENCE, password)))
                .client(LdapBytes.message(
                        5, Operation.EXTENDED_REQUEST, text(0x80, "1.3.6.1.4.1.4203.1.11.1"), text(0x81, "x" + secret)))
                .client(LdapBytes.search(
                        6, "", element(0xa3, LdapBytes.string("userPassword"), LdapBytes.string(secret))))
                .close();
    }

    @Test
    void handsOverToTlsOnceStartTlsIsGranted() {
        Dialogue dialogue = Dialogue.tcp(389)
                .client(LdapBytes.message(1, Operation.EXTENDED_REQUEST, text(0x80, "1.3.6.1.4.1.1466.20037")))
                .server(LdapBytes.result(1, Operation.EXTENDED_RESPONSE, 0))
                .client(DELETE)
                .close();

        assertThat(only(dialogue).at("/request/extended_request/name").asText()).isEqualTo("1.3.6.1.4.1.1466.20037");
        assertThat(dialogue.appProto()).isEqualTo("tls");
    }

    @Test
    void goesOnInTheClearWhenStartTlsIsRefused() {
        Dialogue dialogue = Dialogue.tcp(389)
                .client(LdapBytes.message(1, Operation.EXTENDED_REQUEST, text(0x80, "1.3.6.1.4.1.1466.20037")))
                .server(LdapBytes.result(1, Operation.EXTENDED_RESPONSE, 2))
                .client(DELETE)
                .close();

        assertThat(dialogue.bodies("ldap")).hasSize(2);
        assertThat(dialogue.bodies("ldap").get(1).at("/request/del_request/dn").asText())
                .isEqualTo("cn=a");
    }

    @Test
    void marksPasswordsInClearText() {
        Dialogue dialogue = Dialogue.tcp(389)
                .client(LdapBytes.simpleBind(1, "cn=admin", "secret"))
                .server(LdapBytes.result(1, Operation.BIND_RESPONSE, 0))
                .client(LdapBytes.simpleBind(2, "", ""))
                .server(LdapBytes.result(2, Operation.BIND_RESPONSE, 0))
                .client(LdapBytes.saslBind(3, "PLAIN", "credentials"))
                .server(LdapBytes.result(3, Operation.BIND_RESPONSE, 0));

        assertThat(dialogue.events().ofType("ldap").stream()
                        .map(each -> each.at("/probe/auth").toString()))
                .containsExactly(
                        "{\"method\":\"simple\",\"clear_text_password\":true}",
                        "{\"method\":\"anonymous\",\"clear_text_password\":false}",
                        "{\"method\":\"plain\",\"clear_text_password\":true}");
    }

    @Test
    void readsWhoBindsWithAToken() {
        byte[] sasl = DerBytes.element(
                0xa3, LdapBytes.string("GSS-SPNEGO"), DerBytes.element(Der.OCTET_STRING, TokenBytes.authenticate()));
        byte[] bind = LdapBytes.message(1, Operation.BIND_REQUEST, DerBytes.number(3), LdapBytes.string(""), sasl);
        Dialogue dialogue = Dialogue.tcp(389).client(bind).server(LdapBytes.result(1, Operation.BIND_RESPONSE, 0));

        assertThat(dialogue.events()
                        .ofType("ldap")
                        .get(0)
                        .at("/probe/auth/user")
                        .asText())
                .isEqualTo("ann");
    }

    @Test
    void stopsAtWrappedDataBehindASaslBind() {
        List<JsonNode> events = Dialogue.tcp(389)
                .client(LdapBytes.saslBind(1, "GSSAPI", "token"))
                .server(LdapBytes.result(1, Operation.BIND_RESPONSE, 0))
                .client(new byte[] {0, 0, 0, 4, 1, 2, 3, 4})
                .client(DELETE)
                .close()
                .bodies("ldap");

        assertThat(events).hasSize(1);
        assertThat(events.get(0).at("/request/bind_request/sasl/credentials").asText())
                .isEqualTo("746f6b656e");
    }

    @Test
    void writesUnbindAtOnceAndWhatIsUnansweredAtTheEnd() {
        Dialogue dialogue = Dialogue.tcp(389).client(DELETE).client(LdapBytes.message(8, Operation.UNBIND_REQUEST));

        assertThat(only(dialogue).at("/request/operation").asText()).isEqualTo("unbind_request");
        assertThat(dialogue.close().bodies("ldap")).hasSize(2);
    }

    @Test
    @Tag("limit:PendingOperations.MAX_PENDING")
    void writesTheOldestOperationWhenTooManyWait() {
        Dialogue dialogue = Dialogue.tcp(389);
        for (int id = 0; id <= PendingOperations.MAX_PENDING; id++) {
            dialogue.client(LdapBytes.search(id, "", ANY));
        }
        assertThat(only(dialogue).at("/request/message_id").asInt()).isZero();
    }

    @Test
    @Tag("limit:PendingOperations.MAX_KEPT_BYTES")
    void keepsNoMoreResponsesThanTheLimit() {
        PendingOperations pending = new PendingOperations();
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[60_000]);
        Slice content = new Slice().wrap(bytes, 0, bytes.capacity());
        PendingOperation operation = pending.add(1, Operation.SEARCH_REQUEST, content);
        for (int i = 0; i < 100; i++) {
            pending.keep(operation, Operation.SEARCH_RESULT_ENTRY, content);
        }
        assertThat(operation.length()).isBetween(60_000, PendingOperations.MAX_KEPT_BYTES);
    }

    @Test
    void refusesAMessageWithoutANumberAndAnUnknownOperation() {
        assertThat(read(LdapBytes.message(1, 0x7e))).isEqualTo(Verdict.INVALID);
        assertThat(read(element(Der.SEQUENCE, LdapBytes.string("x")))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAnOperationThatEndsBehindItsMessage() {
        byte[] bytes = DELETE.clone();
        bytes[10] = 0x60; // length of delRequest
        assertThat(read(bytes)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(read(DELETE)).isEqualTo(Verdict.OK);
        for (int length = 0; length < DELETE.length; length++) {
            assertThat(read(Arrays.copyOf(DELETE, length)))
                    .as("%d bytes", length)
                    .isEqualTo(Verdict.NEED_MORE);
        }
    }

    private static String filterText(byte[] filter) {
        return only(Dialogue.tcp(389)
                        .client(LdapBytes.search(1, "", filter))
                        .server(LdapBytes.result(1, Operation.SEARCH_RESULT_DONE, 0)))
                .at("/request/search_request/filter/value")
                .asText();
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("ldap")).hasSize(1);
        return dialogue.bodies("ldap").get(0);
    }

    private static Verdict read(byte[] bytes) {
        return new Message().read(new Cursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }
}
