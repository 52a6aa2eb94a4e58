// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Slice;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private final Endpoint endpoint = new Endpoint();

    @Test
    void readsHostPortWhereverItStands() {
        endpoint.readHostPort(slice("Passive Mode 2 (127,0,0,1,185,13)."));

        assertThat(endpoint.port()).isEqualTo(185 * 256 + 13);
        assertThat(endpoint.addressLo()).isEqualTo(0x7f000001L);
    }

    @Test
    void readsExtendedPortOfCommandAndReply() {
        endpoint.readExtended(slice("|2|fd00:10:16:1::3|40467|"));
        assertThat(endpoint.port()).isEqualTo(40467);

        endpoint.readExtended(slice("Entering (|||21008|)"));
        assertThat(endpoint.port()).isEqualTo(21008);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234", "1,2,3,4,5", "256,0,0,1,1,1", "1,2,3,4,5,", "1,2,3,4,0,0"})
    void refusesWhatIsNoHostPort(String text) {
        endpoint.readHostPort(slice(text));

        assertThat(endpoint.isKnown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "|||21008", "|||70000|", "|||21x8|", "||21|"})
    void refusesWhatIsNoExtendedPort(String text) {
        endpoint.readExtended(slice(text));

        assertThat(endpoint.isKnown()).isFalse();
    }

    private static Slice slice(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
