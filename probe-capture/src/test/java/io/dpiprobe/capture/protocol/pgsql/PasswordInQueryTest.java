// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords that are set by a query: of each text, what is behind the slash is secret. */
class PasswordInQueryTest {
    private static final byte[] STARTUP = PgsqlBytes.opening(0x30000, "user|ann||");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE ann PASSWORD /'sword fish'",
                "create user ann with encrypted password/$$sword$$ valid until 'x'",
                "create role ann password  /E'\\\\sword'",
                "create role ann password /U&'sword'",
                "create role ann password /u'sword'",
                "select dblink_connect('host=h password/=sword')",
                "select 1 where my_Password /= 'sword'",
                "alter role ann password null; alter role bob password /'sword'"
            })
    void hidesWhatFollows(String text) {
        String shown = text.substring(0, text.indexOf('/'));

        assertThat(query(text.replace("/", ""), Secrets.HIDDEN)).isEqualTo(shown + "***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "select password from users",
                "alter role ann password null",
                "alter role ann password",
                "alter role ann password   ",
                "select passwort = 'x'"
            })
    void leavesWhatHasNone(String text) {
        assertThat(query(text, Secrets.HIDDEN)).isEqualTo(text);
    }

    @Test
    void showsItIfAskedTo() {
        assertThat(query("alter role ann password 'sword'", Secrets.SHOWN))
                .isEqualTo("alter role ann password 'sword'");
    }

    private static String query(String text, Secrets secrets) {
        List<JsonNode> events = Dialogue.tcp(5432, secrets)
                .client(STARTUP)
                .server(PgsqlBytes.authentication(0, ""))
                .client(PgsqlBytes.message('Q', text + "|"))
                .server(PgsqlBytes.message('C', "OK|"))
                .close()
                .bodies("pgsql");
        return events.get(1).at("/request/simple_query").asText();
    }
}
