// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NtpDissectorTest {
    /** An answer of version 4 from stratum 2, which follows 192.0.2.1. */
    static final byte[] ANSWER = HexFormat.of()
            .parseHex("24" + "02" + "06" + "ec" // flags, stratum, poll, precision
                    + "00000010" + "00000020" + "c0000201" // delay, dispersion, reference
                    + "00".repeat(32)); // four times

    @Test
    void readsAnAnswer() {
        Dialogue dialogue = Dialogue.udp(123).server(ANSWER);

        assertThat(dialogue.bodies("ntp").get(0).toString())
                .isEqualTo("{\"version\":4,\"mode\":4,\"stratum\":2,\"reference_id\":\"c0:00:02:01\"}");
        assertThat(dialogue.close().appProto()).isEqualTo("ntp");
    }

    @Test
    void readsWhatControlMessagesHaveInCommon() {
        byte[] monitorList = HexFormat.of().parseHex("1700032a00000000");

        assertThat(Dialogue.udp(123).client(monitorList).bodies("ntp").get(0).toString())
                .isEqualTo("{\"version\":2,\"mode\":7}");
    }

    @Test
    void isNotLookedForOnOtherPorts() {
        assertThat(Dialogue.udp(1123).server(ANSWER).close().appProto()).isNotEqualTo("ntp");
    }

    @Test
    void refusesUnknownVersionsAndModes() {
        assertThat(Verdicts.detect(NtpProtocol.NTP, Direction.TO_SERVER, new byte[] {0x2c}))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(NtpProtocol.NTP, Direction.TO_SERVER, new byte[] {0x20}))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.read(NtpProtocol.NTP, Direction.TO_SERVER, new byte[] {0x2c, 0}))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(NtpProtocol.NTP, Direction.TO_CLIENT, ANSWER))
                .isTrue();
    }
}
