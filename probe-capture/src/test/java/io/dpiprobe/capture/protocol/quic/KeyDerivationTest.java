// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {
    private static final String CONNECTION_ID = "8394c8f03e515708";

    /** RFC 9001, A.1. */
    @Test
    void derivesTheKeysOfVersion1() {
        InitialKeys keys = new KeyDerivation().derive(QuicVersion.V1, QuicBytes.slice(CONNECTION_ID));

        assertKeys(
                keys.of(Direction.TO_SERVER),
                "1f369613dd76d5467730efcbe3b1a22d",
                "fa044b2f42a3fd3b46fb255c",
                "9f50449e04a0e810283a1e9933adedd2");
        assertKeys(
                keys.of(Direction.TO_CLIENT),
                "cf3a5331653c364c88f0f379b6067e37",
                "0ac1493ca1905853b0bba03e",
                "c206b8d9b9f0f37644430b490eeaa314");
    }

    /** RFC 9369, A.1. */
    @Test
    void derivesTheKeysOfVersion2() {
        InitialKeys keys = new KeyDerivation().derive(QuicVersion.V2, QuicBytes.slice(CONNECTION_ID));

        assertKeys(
                keys.of(Direction.TO_SERVER),
                "8b1a0bc121284290a29e0971b5cd045d",
                "91f73e2351d8fa91660e909f",
                "45b95e15235d6f45a6b19cbcb0294ba9");
    }

    @Test
    void knowsWhichConnectionIdTheyAreFrom() {
        InitialKeys keys = new KeyDerivation().derive(QuicVersion.V1, QuicBytes.slice(CONNECTION_ID));

        assertThat(keys.areFrom(QuicBytes.slice(CONNECTION_ID))).isTrue();
        assertThat(keys.areFrom(QuicBytes.slice("00"))).isFalse();
    }

    private static void assertKeys(InitialKeys.Keys keys, String packet, String iv, String header) {
        assertThat(HexFormat.of().formatHex(keys.packet.getEncoded())).isEqualTo(packet);
        assertThat(HexFormat.of().formatHex(keys.iv)).isEqualTo(iv);
        assertThat(HexFormat.of().formatHex(keys.header.getEncoded())).isEqualTo(header);
    }
}
