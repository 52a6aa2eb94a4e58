// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a hello has. */
class QuicLimitsTest {
    @Test
    @Tag("limit:CryptoStream.MAX_BYTES")
    void keepsNoLongerHello() {
        assertThat(completes(CryptoStream.MAX_BYTES)).isTrue();
        assertThat(completes(CryptoStream.MAX_BYTES + 1000)).isFalse();
    }

    private static boolean completes(int length) {
        byte[] hello =
                ByteBuffer.allocate(length).putInt(0x01000000 | length - 4).array();
        CryptoStream stream = new CryptoStream();
        for (int at = 0; at < length; at += 1000) {
            stream.add(at, new Slice().wrap(new UnsafeBuffer(hello), at, Math.min(1000, length - at)));
        }
        return stream.isComplete();
    }

    @Test
    @Tag("limit:GoogleHello.MAX_TAGS")
    void refusesMoreTags() {
        assertThat(read(128)).isEqualTo(Verdict.OK);
        assertThat(read(129)).isEqualTo(Verdict.INVALID);
    }

    private static Verdict read(int tags) {
        ByteBuffer out = ByteBuffer.allocate(4 + 8 + 8 * tags);
        out.put((byte) 0xa0).put((byte) 1).putShort((short) (8 + 8 * tags));
        out.putInt(0x43484c4f).order(ByteOrder.LITTLE_ENDIAN).putShort((short) tags);
        Cursor in = new Cursor().wrap(new UnsafeBuffer(out.array()), 0, out.capacity());
        return new GoogleHello().read(in, ByteOrder.BIG_ENDIAN);
    }
}
