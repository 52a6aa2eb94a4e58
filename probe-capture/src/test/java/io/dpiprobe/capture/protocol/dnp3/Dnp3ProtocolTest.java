// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dnp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Dnp3ProtocolTest {
    private static final byte[] RESET_LINK = HexFormat.ofDelimiter(" ")
            .parseHex(
                    "05 64 " // start
                            + "05 " // length: control and addresses alone
                            + "c0 " // control: reset of the link, from a master
                            + "01 00 " // destination
                            + "00 04 " // source
                            + "e9 21"); // checksum of the header

    @Test
    void recognisesFrame() {
        assertThat(Dialogue.tcp(20_000).client(RESET_LINK).close().appProto()).isEqualTo("dnp3");
    }

    @Test
    void waitsForEveryPrefix() {
        assertThat(Dialogue.tcp(4000).clientByteByByte(RESET_LINK).close().appProto())
                .isEqualTo("dnp3");
    }

    @Test
    void refusesWrongChecksum() {
        byte[] wrong = Arrays.copyOf(RESET_LINK, RESET_LINK.length);
        wrong[3] ^= 1;

        assertThat(Dialogue.tcp(20_000).client(wrong).close().appProto()).isEqualTo("failed");
    }
}
