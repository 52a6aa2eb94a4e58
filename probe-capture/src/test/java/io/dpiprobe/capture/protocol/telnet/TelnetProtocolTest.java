// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TelnetProtocolTest {
    /** DO TERMINAL-TYPE, WILL ECHO. */
    private static final byte[] NEGOTIATION = HexFormat.of().parseHex("fffd18" + "fffb01");

    @Test
    void recognisesNegotiations() {
        assertThat(Dialogue.tcp(2323)
                        .server(NEGOTIATION)
                        .client("root\r\n")
                        .close()
                        .appProto())
                .isEqualTo("telnet");
    }

    @Test
    void refusesOtherCommands() {
        byte[] goAhead = HexFormat.of().parseHex("fff9fff9");

        assertThat(Verdicts.detect(TelnetProtocol.TELNET, Direction.TO_SERVER, goAhead))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.recognisesNothingLess(TelnetProtocol.TELNET, Direction.TO_CLIENT, NEGOTIATION))
                .isTrue();
    }
}
