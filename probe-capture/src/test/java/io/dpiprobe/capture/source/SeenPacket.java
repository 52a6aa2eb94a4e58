// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source handed over, for tests. */
public record SeenPacket(long timestampNs, int wireLength, int linkType, List<Byte> bytes) {
    public static SeenPacket of(RawPacket packet) {
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < packet.capturedLength(); i++) {
            bytes.add(packet.bytes().getByte(i));
        }
        return new SeenPacket(packet.timestampNs(), packet.wireLength(), packet.linkType(), bytes);
    }

    /** Adds what is left of a source to a list. */
    public static void drain(PacketSource source, List<SeenPacket> into) throws IOException {
        while (!source.isExhausted()) {
            source.poll(packet -> into.add(of(packet)), 3);
        }
    }
}
