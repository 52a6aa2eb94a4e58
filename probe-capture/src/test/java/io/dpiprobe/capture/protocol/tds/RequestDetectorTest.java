// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RequestDetectorTest {
    /** Headers of 22 bytes, one of them: a transaction that is none, with one request. */
    private static final String HEADERS = "16000000" + "12000000" + "0200" + "0000000000000000" + "01000000";

    private static final String SELECT = "730065006c00650063007400";
    private static final String BATCH = "01010028" + "00000100" + HEADERS + "7300";
    private static final String CALL_BY_NUMBER = "03090020" + "00000100" + "ffff" + "0d00" + "0000";
    private static final String CALL_BY_NAME = "03010020" + "00000100" + "0600" + SELECT;

    @Test
    void recognisesBatchesAndCalls() {
        for (String request : new String[] {
            BATCH,
            "01010014" + "00000100" + SELECT,
            CALL_BY_NUMBER,
            CALL_BY_NAME,
            "03010028" + "00000100" + HEADERS + "ffff"
        }) {
            assertThat(detect(request)).as(request).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        for (int digits = 2; digits <= 2 * 16; digits += 2) {
            assertThat(detect(CALL_BY_NAME.substring(0, digits))).isEqualTo(Verdict.NEED_MORE);
        }
    }

    @Test
    void refusesWhatBreaksARule() {
        assertThat(detect("02" + BATCH.substring(2))).as("type").isEqualTo(Verdict.INVALID);
        assertThat(detect("0121" + BATCH.substring(4))).as("status").isEqualTo(Verdict.INVALID);
        assertThat(detect("01010008" + BATCH.substring(8))).as("length").isEqualTo(Verdict.INVALID);
        assertThat(detect("01010028" + "00000101" + HEADERS)).as("window").isEqualTo(Verdict.INVALID);
        assertThat(detect("01010028" + "00000100" + "16000000" + "13000000" + "0200"))
                .as("header longer than the list")
                .isEqualTo(Verdict.INVALID);
        assertThat(detect("01010028" + "00000100" + "16000000" + "12000000" + "0400"))
                .as("type of a header")
                .isEqualTo(Verdict.INVALID);
        assertThat(detect("03010028" + "00000100" + "ffff" + "1000"))
                .as("number of a procedure")
                .isEqualTo(Verdict.INVALID);
        assertThat(detect("01010028" + "00000100" + "73656c656374206f"))
                .as("text of one byte a character")
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(TdsProtocol.MIDSTREAM, Direction.TO_CLIENT, bytes(BATCH)))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void namesAConnectionButTellsNoLogIn() {
        Dialogue dialogue = Dialogue.tcp(1433).client(bytes(CALL_BY_NUMBER)).close();
        assertThat(dialogue.appProto()).isEqualTo("tds");
        assertThat(dialogue.events().ofType("sql")).isEmpty();
    }

    @Test
    void isLookedForOnItsPortAlone() {
        JsonNode flow = Dialogue.tcp(14_330)
                .client(bytes(CALL_BY_NUMBER))
                .close()
                .events()
                .ofType("flow")
                .get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
    }

    private static Verdict detect(String request) {
        return Verdicts.detect(TdsProtocol.MIDSTREAM, Direction.TO_SERVER, bytes(request));
    }

    private static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
