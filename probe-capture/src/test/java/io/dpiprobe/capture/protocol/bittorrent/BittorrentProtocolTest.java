// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BittorrentProtocolTest {
    @Test
    void recognisesQuery() {
        Dialogue dialogue = Dialogue.udp(6881).client("d1:ad2:id20:aaaaaaaaaaaaaaaaaaaae1:q4:ping1:t2:aa1:y1:qe");

        assertThat(dialogue.close().appProto()).isEqualTo("bittorrent-dht");
    }

    @Test
    void recognisesErrorOnAnyPort() {
        assertThat(Dialogue.udp(50_000)
                        .client("d1:eli201e5:errore1:t2:aa1:y1:ee")
                        .close()
                        .appProto())
                .isEqualTo("bittorrent-dht");
    }

    @Test
    void refusesOtherDictionary() {
        assertThat(Dialogue.udp(6881).client("d4:name5:valuee").close().appProto())
                .isEqualTo("failed");
    }

    /** A datagram is whole: what is cut is not another part of it. */
    @Test
    void refusesEveryPrefixOfItsBeginning() {
        byte[] beginning = "d1:ad2:id20:".getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length < beginning.length; length++) {
            assertThat(Verdicts.detect(BittorrentProtocol.DHT, Direction.TO_SERVER, Arrays.copyOf(beginning, length)))
                    .isEqualTo(Verdict.INVALID);
        }
    }
}
