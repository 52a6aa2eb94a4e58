// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PgsqlDissectorTest {
    /** Start-up of user "eve", database "d". */
    private static final byte[] STARTUP = HexFormat.of()
            .parseHex("0000001d" + "00030000" // length, version 3.0
                    + "7573657200" + "65766500" // user eve
                    + "646174616261736500" + "6400" // database d
                    + "00");

    private static final byte[] READY = PgsqlBytes.message('Z', "I");
    private static final byte[] LOGGED_IN = concat(
            PgsqlBytes.authentication(0, ""),
            PgsqlBytes.message('S', "TimeZone|UTC|"),
            PgsqlBytes.message('S', "nobody_knows_this|x|"),
            PgsqlBytes.message('K', new byte[] {0, 0, 0, 7, 0, 0, 0, 9}),
            READY);

    @Test
    void readsALogIn() {
        List<JsonNode> events = Dialogue.tcp(5433)
                .client(STARTUP)
                .server(PgsqlBytes.authentication(5, "salt"))
                .client(PgsqlBytes.message('p', "md5abc|"))
                .server(LOGGED_IN)
                .bodies("pgsql");

        assertThat(events).hasSize(2);
        assertThat(events.get(0).toString())
                .isEqualTo("{\"tx_id\":1,\"request\":{\"protocol_version\":\"3.0\",\"startup_parameters\":"
                        + "{\"user\":\"eve\",\"optional_parameters\":[{\"database\":\"d\"}]}},"
                        + "\"response\":{\"authentication_md5_password\":\"salt\"}}");
        assertThat(events.get(1).toString())
                .isEqualTo("{\"tx_id\":2,\"request\":{\"password_redacted\":true},\"response\":"
                        + "{\"message\":\"authentication_ok\",\"parameter_status\":[{\"time_zone\":\"UTC\"}],"
                        + "\"process_id\":7,\"secret_key\":9}}");
    }

    @Test
    void showsPasswordsIfAskedTo() {
        List<JsonNode> events = Dialogue.tcp(5432, Secrets.SHOWN)
                .client(STARTUP)
                .server(PgsqlBytes.authentication(3, ""))
                .client(PgsqlBytes.message('p', "swordfish|"))
                .server(LOGGED_IN)
                .bodies("pgsql");

        assertThat(events.get(1).path("request")).hasToString("{\"password\":\"swordfish\"}");
    }

    @Test
    void readsAnExchangeOfSasl() {
        byte[] first = concat(ascii("SCRAM-SHA-256\0"), new byte[] {0, 0, 0, 3}, ascii("n,,"));
        List<JsonNode> events = Dialogue.tcp(5432)
                .client(STARTUP)
                .server(PgsqlBytes.authentication(10, "SCRAM-SHA-256\0\0"))
                .client(PgsqlBytes.message('p', first))
                .server(PgsqlBytes.authentication(11, "r=1"))
                .client(PgsqlBytes.message('p', "c=2"))
                .server(concat(PgsqlBytes.authentication(12, "v=3"), LOGGED_IN))
                .bodies("pgsql");

        assertThat(events).hasSize(3);
        assertThat(events.get(1).path("request").toString())
                .isEqualTo("{\"sasl_authentication_mechanism\":\"scram_SHA256\",\"sasl_param\":\"n,,\"}");
        assertThat(events.get(2).at("/request/sasl_response").asText()).isEqualTo("c=2");
        assertThat(events.get(2).at("/response/authentication_sasl_final").asText())
                .isEqualTo("v=3");
        assertThat(events.get(2).at("/response/message").asText()).isEqualTo("authentication_ok");
    }

    @Test
    void countsTheRowsOfAQuery() {
        byte[] description = PgsqlBytes.message('T', new byte[] {0, 1, 'x', 0});
        byte[] answer = concat(
                description, PgsqlBytes.row("abc"), PgsqlBytes.row("de"), PgsqlBytes.message('C', "SELECT 2|"), READY);

        JsonNode query =
                last(loggedIn().client(PgsqlBytes.message('Q', "select x|")).server(answer));
        assertThat(query.at("/request/simple_query").asText()).isEqualTo("select x");
        assertThat(query.path("response").toString())
                .isEqualTo("{\"row_description_malformed\":false,\"field_count\":1,\"data_rows\":2,\"data_size\":5,"
                        + "\"command_completed\":\"SELECT 2\"}");
    }

    @Test
    void writesWhyAQueryFailed() {
        byte[] error = PgsqlBytes.message('E', "SERROR|VERROR|C22012|Mdivision by zero|Fint.c|L8|Rdiv||");

        JsonNode query =
                last(loggedIn().client(PgsqlBytes.message('Q', "select 1/0|")).server(concat(error, READY)));
        assertThat(query.at("/response/code").asText()).isEqualTo("22012");
        assertThat(query.at("/response/message").asText()).isEqualTo("division by zero");
        assertThat(query.at("/response/routine").asText()).isEqualTo("div");
    }

    @Test
    void countsWhatIsCopiedBothWays() {
        byte[] out = concat(
                PgsqlBytes.message('H', new byte[] {0, 0, 2}),
                PgsqlBytes.message('d', "1 2"),
                PgsqlBytes.message('d', "3 4"),
                PgsqlBytes.message('c', ""),
                PgsqlBytes.message('C', "COPY 2|"),
                READY);
        Dialogue dialogue =
                loggedIn().client(PgsqlBytes.message('Q', "copy t to stdout|")).server(out);
        assertThat(last(dialogue).path("response").toString())
                .isEqualTo("{\"message\":\"copy_done\",\"copy_out_response\":{\"malformed\":false,\"columns\":2},"
                        + "\"copy_data_out\":{\"row_count\":2,\"data_size\":6},\"command_completed\":\"COPY 2\"}");

        dialogue.client(PgsqlBytes.message('Q', "copy t from stdin|"))
                .server(PgsqlBytes.message('G', new byte[] {0, 0, 3}));
        assertThat(last(dialogue).at("/response/copy_in_response/columns").asInt())
                .isEqualTo(3);
        dialogue.client(concat(PgsqlBytes.message('d', "123"), PgsqlBytes.message('c', "")))
                .server(concat(PgsqlBytes.message('C', "COPY 1|"), READY));
        assertThat(last(dialogue).toString())
                .isEqualTo("{\"tx_id\":4,\"request\":{\"copy_data_in\":{\"msg_count\":1,\"data_size\":3}},"
                        + "\"response\":{\"command_completed\":\"COPY 1\"}}");
    }

    @Test
    void doesNotTakeTheEndOfAnExtendedQueryForThatOfASimpleOne() {
        Dialogue dialogue = loggedIn()
                .client(concat(PgsqlBytes.message('S', ""), PgsqlBytes.message('Q', "begin|")))
                .server(concat(PgsqlBytes.message('C', "SELECT 1|"), READY));
        assertThat(dialogue.bodies("pgsql")).hasSize(1);

        dialogue.server(concat(PgsqlBytes.message('C', "BEGIN|"), READY));
        assertThat(last(dialogue).at("/response/command_completed").asText()).isEqualTo("BEGIN");
    }

    @Test
    @Tag("limit:MessageType.TEXT_BYTES")
    void passesOverWhatIsTooLongToWaitFor() {
        String values = "v".repeat(700_000);
        Dialogue dialogue = loggedIn();
        byte[] query = PgsqlBytes.message('Q', "insert " + values + "|");
        for (int sent = 0; sent < query.length; sent += 1400) {
            dialogue.client(Arrays.copyOfRange(query, sent, Math.min(query.length, sent + 1400)));
        }
        dialogue.server(concat(PgsqlBytes.message('C', "INSERT 0 1|"), READY));

        assertThat(last(dialogue).at("/request/simple_query").asText()).startsWith("insert vvv");
        assertThat(last(dialogue).at("/response/command_completed").asText()).isEqualTo("INSERT 0 1");
    }

    @Test
    void handsOverToTls() {
        byte[] hello = HexFormat.of().parseHex("160303002f0100002b0303" + "11".repeat(32) + "000002c02f0100" + "0000");
        Dialogue dialogue = Dialogue.tcp(5432)
                .client(PgsqlBytes.opening(OpeningMessage.SSL, ""))
                .server("S")
                .client(hello)
                .close();

        assertThat(dialogue.bodies("pgsql").get(0).at("/response/ssl_accepted").asBoolean())
                .isTrue();
        assertThat(dialogue.bodies("tls").get(0).path("from_proto").asText()).isEqualTo("pgsql");
    }

    @Test
    @Tag("limit:OpeningMessage.MAX_LENGTH")
    void refusesOpeningsOfImpossibleLength() {
        assertThat(Verdicts.detect(
                        PgsqlProtocol.PGSQL, Direction.TO_SERVER, PgsqlBytes.opening(OpeningMessage.SSL, "x")))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(
                        PgsqlProtocol.PGSQL, Direction.TO_SERVER, PgsqlBytes.opening(3 << 16, "u".repeat(10_000))))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAMessageShorterThanItsLength() {
        assertThat(Verdicts.read(PgsqlProtocol.PGSQL, Direction.TO_CLIENT, new byte[] {'Z', 0, 0, 0, 3}))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(PgsqlProtocol.PGSQL, Direction.TO_SERVER, STARTUP))
                .isTrue();
        assertThat(Verdicts.asksForMoreOfEveryPrefix(
                        PgsqlProtocol.PGSQL, Direction.TO_CLIENT, PgsqlBytes.authentication(5, "salt")))
                .isTrue();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Dialogue loggedIn() {
        return Dialogue.tcp(5432).client(STARTUP).server(LOGGED_IN);
    }

    private static JsonNode last(Dialogue dialogue) {
        List<JsonNode> events = dialogue.bodies("pgsql");
        return events.get(events.size() - 1);
    }

    @Test
    @Tag("limit:Exchange.MAX_RESPONSE_BYTES")
    void keepsSoMuchOfAResponse() {
        Dialogue dialogue = Dialogue.tcp(5432).client(STARTUP).server(LOGGED_IN).client(PgsqlBytes.message('Q', "x|"));
        byte[] parameter = PgsqlBytes.message('S', "TimeZone|" + "z".repeat(1000) + "|");
        for (int i = 0; i < 100; i++) {
            dialogue.server(parameter);
        }
        JsonNode event = dialogue.server(READY).bodies("pgsql").get(1);

        assertThat(event.toString().length()).isBetween(20_000, Exchange.MAX_RESPONSE_BYTES + 8000);
    }
}
