// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TelnetDissectorTest {
    /** DO TERMINAL-TYPE, WILL ECHO. */
    private static final byte[] NEGOTIATION = hex("fffd18" + "fffb01");

    @Test
    void readsALogInWithItsOptions() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .client(hex(
                        "fffb18" // WILL TERMINAL-TYPE
                                + "fffa18" + "00" + "787465726d" + "fff0" // TERMINAL-TYPE IS xterm
                                + "fffa1f" + "0050" + "0018" + "fff0" // window of 80 by 24
                                + "fffa20" + "00" + "393630302c39363030" + "fff0")) // TERMINAL-SPEED IS 9600,9600
                .server("\r\nWelcome to web1\r\n\r\nweb1 login: ")
                .client("ann\r\n")
                .server("ann\r\nPassword: ")
                .client("sesame\r\n")
                .server("\r\nLast login: Sat Nov 21 on ttyp2\r\n$ ")
                .client("cat /etc/passwd\r\n")
                .server("root:x:0:0\r\n$ ");

        JsonNode login = only(dialogue);
        assertThat(login.toString())
                .isEqualTo("{\"user\":\"ann\",\"password\":\"***\",\"outcome\":\"accepted\","
                        + "\"banner\":\"Welcome to web1\",\"terminal_type\":\"xterm\","
                        + "\"terminal_speed\":\"9600,9600\",\"window\":{\"columns\":80,\"rows\":24}}");
    }

    @Test
    void readsWhatIsTypedByteByByteAndCorrected() {
        Dialogue dialogue = Dialogue.tcp(23).server(NEGOTIATION).server("login: ");
        for (String each : List.of("r", "o", "p")) {
            dialogue = dialogue.client(each).server(each);
        }
        dialogue = dialogue.client("\u007f").server("\b \b");
        for (String each : List.of("o", "t")) {
            dialogue = dialogue.client(each).server(each);
        }
        dialogue = dialogue.client(hex("0d00"))
                .server("\r\nPassword: ")
                .clientByteByByte(bytes("secret\r\0"))
                .serverByteByByte(bytes("\r\nLast login: today\r\n# "));

        assertThat(only(dialogue).path("user").asText()).isEqualTo("root");
        assertThat(only(dialogue).path("outcome").asText()).isEqualTo("accepted");
    }

    @Test
    void writesAnEventForEachAttempt() {
        List<JsonNode> logins = logins(atPassword(Dialogue.tcp(23), "Username: ")
                .client("one\r\n")
                .server("\r\n% Login invalid\r\n\r\nUsername: ")
                .client("bob\r\n")
                .server("Password: ")
                .client("two\r\n")
                .server("\r\nUser Access Verification\r\n\r\nUsername: ") // refused without a word
                .client("eve\r\n")
                .server("Password: ")
                .client("three\r\n")
                .server("\r\nrouter>")
                .close());

        assertThat(logins).extracting(each -> each.path("user").asText()).containsExactly("ann", "bob", "eve");
        assertThat(logins)
                .extracting(each -> each.path("outcome").asText())
                .containsExactly("refused", "refused", "accepted");
    }

    @Test
    void knowsARefusalByItsWords() {
        for (String words : List.of("Login incorrect", "% Bad passwords", "Access denied", "LOGIN FAILED.")) {
            Dialogue dialogue =
                    atPassword(Dialogue.tcp(23), "login:").client("x\r\n").server("\r\n" + words + "\r\n");

            assertThat(only(dialogue).path("outcome").asText()).as(words).isEqualTo("refused");
        }
    }

    @Test
    void saysUnknownIfNothingFollows() {
        assertThat(only(atPassword(Dialogue.tcp(23), "login:").client("x\r\n").server("\r\n"))
                        .path("outcome")
                        .asText())
                .isEqualTo("unknown");
        assertThat(only(atPassword(Dialogue.tcp(23), "login:")).toString())
                .isEqualTo("{\"user\":\"ann\",\"outcome\":\"unknown\"}");
    }

    @Test
    void showsThePasswordOnlyIfItMay() {
        String refusal = "\r\nLogin incorrect\r\n";

        Dialogue shown = atPassword(Dialogue.tcp(23, Secrets.SHOWN), "login:")
                .client("ses\bxame\r\n")
                .server(refusal);
        Dialogue hidden =
                atPassword(Dialogue.tcp(23), "login:").client("sesame\r\n").server(refusal);

        assertThat(only(shown).path("password").asText()).isEqualTo("sexame");
        assertThat(only(hidden).path("password").asText()).isEqualTo("***");
    }

    @Test
    void takesTheNameFromTheEnvironment() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .client(hex("fffa27" + "00" // NEW-ENVIRON IS
                        + "03" + "4c414e47" + "01" + "43" // USERVAR LANG VALUE C
                        + "00" + "55534552" + "01" + "616e6e" + "fff0")) // VAR USER VALUE ann
                .server("Password:")
                .client("x\r\n")
                .server("\r\n$ ");

        assertThat(only(dialogue).path("user").asText()).isEqualTo("ann");
    }

    @Test
    void takesCommandsOutOfText() {
        byte[] name = hex("61" + "fffd03" + "6e" + "fff1" + "6e" + "fffa18" + "00ffff" + "fff0" + "0d0a"); // a n n
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("log")
                .server(hex("fffb03"))
                .server("in: ")
                .client(name)
                .server("Password: ")
                .client("x\r\n")
                .server("\r\nLogin incorrect\r\n");

        assertThat(only(dialogue).path("user").asText()).isEqualTo("ann");
    }

    @Test
    void readsPromptsInColoursAndOtherLanguages() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("\u001b[1;32mlogin:\u001b[0m ")
                .client("ann\r\n")
                .server("Mot de passe : ")
                .client("x\r\n")
                .server("\r\nlogin: ");

        assertThat(only(dialogue).path("password").asText()).isEqualTo("***");
        assertThat(only(dialogue).path("outcome").asText()).isEqualTo("refused");
    }

    @Test
    void takesNoPasswordForAName() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("Enter password for user: ")
                .client("sesame\r\n")
                .server("\r\nYou must choose another.\r\nNew password: ")
                .client("sesame2\r\n");

        assertThat(only(dialogue).toString()).isEqualTo("{\"password\":\"***\",\"outcome\":\"accepted\"}");
    }

    @Test
    void acceptsANameWithoutPassword() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("login: ")
                .client("bbs\r\n")
                .server("bbs\r\n$ ");

        assertThat(only(dialogue).toString()).isEqualTo("{\"user\":\"bbs\",\"outcome\":\"accepted\"}");
    }

    @Test
    void takesAPasswordTypedAhead() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("login: ")
                .client("ann\r\nsesame\r\n")
                .server("Password: \r\nLogin incorrect\r\n");

        assertThat(only(dialogue).toString())
                .isEqualTo("{\"user\":\"ann\",\"password\":\"***\",\"outcome\":\"refused\"}");
    }

    @Test
    void goesOnBehindAGap() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("login: ")
                .clientLoses(2)
                .client("n\r\n")
                .server("Password: ")
                .client("x\r\n")
                .server("\r\nLogin incorrect\r\n");

        assertThat(only(dialogue).toString()).isEqualTo("{\"password\":\"***\",\"outcome\":\"refused\"}");
    }

    @Test
    void saysNothingWithoutALogIn() {
        assertThat(logins(Dialogue.tcp(23)
                        .server(NEGOTIATION)
                        .server("> ")
                        .client("time\r\n")
                        .server("12:00\r\n")
                        .close()))
                .isEmpty();
    }

    @Test
    void stopsAtEncryption() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .client(hex("fffa26" + "03" + "00" + "fff0")) // ENCRYPT START
                .server("login: ")
                .client("ann\r\n")
                .server("Password: ");

        assertThat(logins(dialogue.close())).isEmpty();
    }

    @Test
    @Tag("limit:TextLine.MAX_BYTES")
    void cutsALongLine() {
        Dialogue dialogue = Dialogue.tcp(23)
                .server(NEGOTIATION)
                .server("login: ")
                .client("a".repeat(TextLine.MAX_BYTES + 1) + "\r\n")
                .server("Password: ")
                .client("x\r\n");

        assertThat(only(dialogue).path("user").asText()).isEqualTo("a".repeat(TextLine.MAX_BYTES));
    }

    @Test
    @Tag("limit:CommandFilter.MAX_SUBNEGOTIATION")
    void cutsALongSubnegotiation() {
        CommandFilter filter = new CommandFilter();
        for (int each : new int[] {255, 250, 24}) {
            filter.next(each);
        }
        for (int i = 0; i <= CommandFilter.MAX_SUBNEGOTIATION; i++) {
            filter.next('x');
        }
        filter.next(255);

        assertThat(filter.next(240)).isEqualTo(CommandFilter.SUBNEGOTIATION);
        assertThat(filter.value(new Slice()).length()).isEqualTo(CommandFilter.MAX_SUBNEGOTIATION);
    }

    @Test
    @Tag("limit:TelnetDissector.MAX_BYTES")
    void looksForNoLogInForEver() {
        Dialogue dialogue = Dialogue.tcp(23).server(NEGOTIATION);
        for (int i = 0; i <= TelnetDissector.MAX_BYTES / 1024; i++) {
            dialogue = dialogue.server("text\r\n".repeat(171));
        }

        assertThat(logins(dialogue.server("login: ").client("ann\r\n").close())).isEmpty();
    }

    @Test
    @Tag("limit:TelnetDissector.MAX_LINES")
    void acceptsWhatIsFollowedByManyLines() {
        Dialogue dialogue = atPassword(Dialogue.tcp(23), "login:").client("x\r\n");

        dialogue = dialogue.server("text\r\n".repeat(TelnetDissector.MAX_LINES - 1));
        assertThat(logins(dialogue)).isEmpty();
        assertThat(logins(dialogue.server("text\r\n"))).hasSize(1);
        assertThat(only(dialogue).path("outcome").asText()).isEqualTo("accepted");
    }

    @Test
    @Tag("limit:TelnetDissector.MAX_REFUSAL_LINES")
    void looksForARefusalInTheFirstLines() {
        String text = "text\r\n".repeat(TelnetDissector.MAX_REFUSAL_LINES - 1);
        String refusal = "Login incorrect\r\n";

        Dialogue early = atPassword(Dialogue.tcp(23), "login:").client("x\r\n").server(text + refusal);
        Dialogue late = atPassword(Dialogue.tcp(23), "login:").client("x\r\n").server(text + "text\r\n" + refusal);

        assertThat(only(early).path("outcome").asText()).isEqualTo("refused");
        assertThat(only(late).path("outcome").asText()).isEqualTo("accepted");
    }

    private static Dialogue atPassword(Dialogue dialogue, String prompt) {
        return dialogue.server(NEGOTIATION).server(prompt).client("ann\r\n").server("\r\nPassword: ");
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> logins = logins(dialogue.close());
        assertThat(logins).hasSize(1);
        return logins.get(0);
    }

    private static List<JsonNode> logins(Dialogue dialogue) {
        return dialogue.events().ofType("telnet").stream()
                .map(each -> each.path("probe").path("telnet"))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
