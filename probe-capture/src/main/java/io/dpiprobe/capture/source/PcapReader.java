// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/**
 * Reads the records of a pcap file (draft-ietf-opsawg-pcap, section 5).
 *
 * <pre>
 *   0 seconds | 4 micro- or nanoseconds | 8 captured length | 12 original length | 16 packet
 * </pre>
 *
 * A captured length larger than the original one is believed: so many bytes are there.
 */
final class PcapReader implements PacketReader {
    private final FileWindow window;
    private final PcapHeader header;
    private long position = PcapHeader.BYTES;

    PcapReader(FileWindow window, PcapHeader header) {
        this.window = window;
        this.header = header;
    }

    @Override
    public boolean next(RawPacket packet) throws IOException {
        if (position == window.size()) {
            return false;
        }
        int headerBytes = header.recordHeaderBytes();
        int at = locate(headerBytes);
        long seconds = window.u32(at, header.order());
        long fraction = window.u32(at + 4, header.order());
        long captured = window.u32(at + 8, header.order());
        long original = window.u32(at + 12, header.order());
        if (captured > PacketReader.MAX_PACKET_BYTES) {
            throw window.broken(
                    position,
                    "a packet of " + captured + " bytes cannot be; the file is damaged here, what follows is not read");
        }
        int length = (int) captured;
        at = locate(headerBytes + length);
        window.wrap(packet, at + headerBytes, length);
        int wireLength = (int) Math.min(Math.max(original, captured), Integer.MAX_VALUE);
        packet.header(seconds * 1_000_000_000L + fraction * header.nsPerFraction(), wireLength, header.linkType());
        position += headerBytes + length;
        return true;
    }

    private int locate(int length) throws IOException {
        int at = window.locate(position, length);
        if (at == FileWindow.BEYOND_THE_END) {
            throw window.broken(
                    position,
                    "the file ends inside a packet: " + length + " bytes should follow and "
                            + (window.size() - position) + " do; the packets before it were read");
        }
        return at;
    }
}
