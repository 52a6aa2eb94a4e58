// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes pcap files for tests. */
public final class PcapBytes {
    public static final int MICROSECONDS = 0xa1b2c3d4;
    public static final int NANOSECONDS = 0xa1b23c4d;
    public static final int MODIFIED = 0xa1b2cd34;

    private final ByteBuffer out = ByteBuffer.allocate(1 << 20);
    private final boolean modified;

    public PcapBytes(ByteOrder order, int magic, int linkType) {
        modified = magic == MODIFIED;
        out.order(order).putInt(magic).putShort((short) 2).putShort((short) 4);
        out.putInt(0).putInt(0).putInt(65535).putInt(linkType);
    }

    public PcapBytes packet(int seconds, int fraction, byte[] bytes) {
        return packet(seconds, fraction, bytes.length, bytes.length, bytes);
    }

    public PcapBytes packet(int seconds, int fraction, int captured, int original, byte... bytes) {
        out.putInt(seconds).putInt(fraction).putInt(captured).putInt(original);
        if (modified) {
            out.putInt(2).putShort((short) 0x0800).putShort((short) 0);
        }
        out.put(bytes);
        return this;
    }

    public int length() {
        return out.position();
    }

    public byte[] bytes() {
        return java.util.Arrays.copyOf(out.array(), out.position());
    }
}
