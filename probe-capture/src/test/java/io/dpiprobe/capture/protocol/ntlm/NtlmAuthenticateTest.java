// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NtlmAuthenticateTest {
    /** An AUTHENTICATE_MESSAGE of CORP\\ann from WS1, with the version of its system. */
    private static final byte[] MESSAGE = HexFormat.of()
            .parseHex("4e544c4d53535000" + "03000000" // NTLMSSP, AUTHENTICATE
                    + "0000000000000000" + "0000000000000000" // answers to the challenge
                    + "08000800" + "48000000" // domain: 8 bytes at 72
                    + "06000600" + "50000000" // user: 6 bytes at 80
                    + "06000600" + "56000000" // host: 6 bytes at 86
                    + "0000000000000000" + "01000002" // no session key; Unicode, version
                    + "0a00614a0000000f" // 10.0, build 19041, revision 15
                    + "43004f0052005000" + "61006e006e00" + "570053003100");

    private final NtlmAuthenticate message = new NtlmAuthenticate();

    @Test
    void readsDomainUserAndFlags() {
        assertThat(message.find(slice(MESSAGE))).isTrue();
        assertThat(text(message.domain())).isEqualTo("CORP");
        assertThat(text(message.user())).isEqualTo("ann");
    }

    @Test
    void findsTheMessageInsideAnotherToken() {
        byte[] wrapped = new byte[40 + MESSAGE.length];
        System.arraycopy(MESSAGE, 0, wrapped, 40, MESSAGE.length);
        assertThat(message.find(slice(wrapped))).isTrue();
        assertThat(text(message.user())).isEqualTo("ann");
    }

    @Test
    void refusesOtherMessages() {
        byte[] challenge = MESSAGE.clone();
        challenge[8] = 2;
        assertThat(message.find(slice(challenge))).isFalse();
    }

    @Test
    void readsFieldsBeyondTheTokenAsEmpty() {
        byte[] wrong = MESSAGE.clone();
        wrong[34] = 0x7f; // domain, far behind the end
        assertThat(message.find(slice(wrong))).isTrue();
        assertThat(text(message.domain())).isEmpty();
        assertThat(text(message.user())).isEqualTo("ann");
    }

    @Test
    void survivesEveryPrefix() {
        for (int length = 0; length < MESSAGE.length; length++) {
            boolean found = message.find(slice(Arrays.copyOf(MESSAGE, length)));
            assertThat(found).isEqualTo(length >= 64);
        }
    }

    private static Slice slice(byte[] bytes) {
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static String text(WireString string) {
        Slice text = string.text();
        return text.buffer().getStringWithoutLengthUtf8(text.offset(), text.length());
    }

    @Test
    @Tag("limit:NtlmMessage.MAX_WRAPPING_BYTES")
    void looksSoFarIntoAToken() {
        assertThat(message.find(slice(wrapped(512)))).isTrue();
        assertThat(message.find(slice(wrapped(513)))).isFalse();
    }

    private static byte[] wrapped(int before) {
        byte[] wrapped = new byte[before + MESSAGE.length];
        System.arraycopy(MESSAGE, 0, wrapped, before, MESSAGE.length);
        return wrapped;
    }

    @Test
    @Tag("limit:WireString.MAX_BYTES")
    void keepsSoMuchOfAName() {
        WireString name = new WireString();
        name.set(slice(new byte[5000]));
        assertThat(name.text().length()).isEqualTo(WireString.MAX_BYTES);

        name.setUtf16(slice("x".repeat(5000).getBytes(java.nio.charset.StandardCharsets.UTF_16LE)));
        assertThat(name.text().length()).isBetween(WireString.MAX_BYTES - 4, WireString.MAX_BYTES);
    }
}
