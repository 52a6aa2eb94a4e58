// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Packet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Decodes frames ahead, for what is measured without decoding. */
final class DecodedPackets {
    private static final Decoder DECODER = new Decoder(Checksums.IGNORED);

    private DecodedPackets() {}

    /** Decodes each frame into a packet of its own. */
    static List<Packet> of(List<byte[]> frames) {
        return frames.stream().map(DecodedPackets::of).toList();
    }

    /** Decodes the first frame of a conversation. */
    static Packet first(Trace trace, int conversation) {
        return of(trace.conversation(conversation).get(0));
    }

    private static Packet of(byte[] frame) {
        Packet packet = new Packet();
        packet.header(0, 1, frame.length);
        if (DECODER.decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet) != null) {
            throw new IllegalStateException("a frame of the benchmark cannot be decoded");
        }
        return packet;
    }
}
