// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.flow.Direction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {
    private static final String CONNECTION_ID = "8394c8f03e515708";

    /** RFC 9001, A.1. */
    @Test
    void derivesTheKeysOfVersion1() {
        InitialKeys keys = derive(QuicVersion.V1);

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
        InitialKeys keys = derive(QuicVersion.V2);

        assertKeys(
                keys.of(Direction.TO_SERVER),
                "8b1a0bc121284290a29e0971b5cd045d",
                "91f73e2351d8fa91660e909f",
                "45b95e15235d6f45a6b19cbcb0294ba9");
    }

    @Test
    void knowsWhichConnectionIdTheyAreFrom() {
        InitialKeys keys = derive(QuicVersion.V1);

        assertThat(keys.areFrom(QuicBytes.slice(CONNECTION_ID))).isTrue();
        assertThat(keys.areFrom(QuicBytes.slice("00"))).isFalse();
    }

    /** The drafts that had a change of the salt, and those before and behind each. */
    @Test
    void changesTheSaltWithTheDraftsThatDid() {
        assertThat(new KeyDerivation().derive(0xff000015, QuicBytes.slice(CONNECTION_ID)))
                .as("draft 21")
                .isNull();
        assertThat(sameKeys(0xff000016, 0xff000017)).isFalse();
        assertThat(sameKeys(0xff000017, 0xff00001c)).isTrue();
        assertThat(sameKeys(0xff00001c, 0xff00001d)).isFalse();
        assertThat(sameKeys(0xff00001d, 0xff000020)).isTrue();
        assertThat(sameKeys(0xff000020, 0xff000021)).isFalse();
        assertThat(sameKeys(0xff000021, QuicVersion.V1)).as("draft 33").isTrue();
    }

    @Test
    void keepsTheSaltsOfVersionsThatAreNoDrafts() {
        assertThat(sameKeys(0xfaceb001, 0xff000016)).isTrue();
        assertThat(sameKeys(0xfaceb002, 0xff000017)).isTrue();
        assertThat(sameKeys(0xfaceb003, QuicVersion.V1)).isTrue();
        assertThat(sameKeys(0xfaceb00e, 0xfaceb002)).isTrue();
        assertThat(sameKeys(QuicVersion.V2_DRAFT_00, QuicVersion.V2_DRAFT_01)).isTrue();
        assertThat(sameKeys(QuicVersion.V2_DRAFT_00, QuicVersion.V2)).isFalse();
        assertThat(sameKeys(QuicVersion.Q050, QuicVersion.T050)).isFalse();
        assertThat(sameKeys(QuicVersion.T050, QuicVersion.T051)).isFalse();
        assertThat(sameKeys(0x1a2a3a4a, QuicVersion.V1)).isTrue();
    }

    private static boolean sameKeys(int one, int other) {
        return Arrays.equals(
                derive(one).of(Direction.TO_SERVER).iv, derive(other).of(Direction.TO_SERVER).iv);
    }

    private static InitialKeys derive(int version) {
        return Objects.requireNonNull(new KeyDerivation().derive(version, QuicBytes.slice(CONNECTION_ID)));
    }

    private static void assertKeys(InitialKeys.Keys keys, String packet, String iv, String header) {
        assertThat(HexFormat.of().formatHex(keys.packet.getEncoded())).isEqualTo(packet);
        assertThat(HexFormat.of().formatHex(keys.iv)).isEqualTo(iv);
        assertThat(HexFormat.of().formatHex(keys.header.getEncoded())).isEqualTo(header);
    }
}
