// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes pcapng files for tests, block by block. */
public final class PcapngBytes {
    private final ByteBuffer out = ByteBuffer.allocate(1 << 20);

    public PcapngBytes section(ByteOrder order) {
        out.order(order);
        return block(
                0x0a0d0d0a,
                body(16).putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
    }

    /** An interface without options. */
    public PcapngBytes networkInterface(int linkType, int snapLength) {
        return block(1, body(8).putShort((short) linkType).putShort((short) 0).putInt(snapLength));
    }

    /** An interface that tells the resolution and offset of its time. */
    public PcapngBytes networkInterface(int linkType, int resolution, long offsetSeconds) {
        ByteBuffer body =
                body(32).putShort((short) linkType).putShort((short) 0).putInt(0);
        body.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
        body.putShort((short) 14).putShort((short) 8).putLong(offsetSeconds);
        return block(1, body.putInt(0));
    }

    public PcapngBytes enhancedPacket(int interfaceId, long units, int original, byte... bytes) {
        ByteBuffer body = body(20 + padded(bytes.length)).putInt(interfaceId);
        body.putInt((int) (units >>> 32))
                .putInt((int) units)
                .putInt(bytes.length)
                .putInt(original);
        return block(6, body.put(bytes));
    }

    public PcapngBytes obsoletePacket(int interfaceId, long units, byte... bytes) {
        ByteBuffer body =
                body(20 + padded(bytes.length)).putShort((short) interfaceId).putShort((short) 7);
        body.putInt((int) (units >>> 32))
                .putInt((int) units)
                .putInt(bytes.length)
                .putInt(bytes.length);
        return block(2, body.put(bytes));
    }

    public PcapngBytes simplePacket(int original, byte... bytes) {
        return block(3, body(4 + padded(bytes.length)).putInt(original).put(bytes));
    }

    /** A block of any type. */
    public PcapngBytes block(int type, ByteBuffer body) {
        int length = body.capacity() + 12;
        out.putInt(type).putInt(length).put(body.rewind()).putInt(length);
        return this;
    }

    public ByteBuffer body(int length) {
        return ByteBuffer.allocate(length).order(out.order());
    }

    public int length() {
        return out.position();
    }

    public byte[] bytes() {
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
