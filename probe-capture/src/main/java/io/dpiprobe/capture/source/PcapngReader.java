// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import io.dpiprobe.buffer.Bound;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the packets of a pcapng file, whatever block they are in (draft-ietf-opsawg-pcapng, section 4).
 *
 * <pre>
 *   0 block type | 4 block length, of all of it | 8 body ... padding | -4 block length again
 * </pre>
 */
final class PcapngReader implements PacketReader {
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    /** Type, length, length again. */
    private static final int BLOCK_OVERHEAD = 12;

    private static final int BODY = 8;
    private static final int TRAILER = 4;
    private static final int PACKET_HEADER = 20;
    private static final int SIMPLE_PACKET_HEADER = 4;
    private static final int INTERFACE_HEADER = 8;
    private static final int SECTION_BODY = 16;
    /** Enough for any host, too few to fill the memory with. */
    @Bound(of = "interfaces of a section of a file", then = "reading ends with an error", seen = "exit code 74")
    private static final int MAX_INTERFACES = 65_536;

    private final FileWindow window;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean sectionSeen;
    private long position;
    private long lastTimestampNs;

    PcapngReader(FileWindow window) {
        this.window = window;
    }

    @Override
    public boolean next(RawPacket packet) throws IOException {
        while (position < window.size()) {
            int at = locate(BLOCK_OVERHEAD);
            int type = window.i32(at, order);
            if (type == SECTION_HEADER) {
                readByteOrder();
            }
            long length = blockLength();
            boolean isPacket = readBlock(type, length, packet);
            position += length;
            if (isPacket) {
                return true;
            }
        }
        return false;
    }

    private void readByteOrder() throws IOException {
        int at = locate(BLOCK_OVERHEAD);
        int magic = window.i32(at + BODY, ByteOrder.LITTLE_ENDIAN);
        if (magic == BYTE_ORDER_MAGIC) {
            order = ByteOrder.LITTLE_ENDIAN;
        } else if (magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
            order = ByteOrder.BIG_ENDIAN;
        } else {
            throw window.broken(position, "a section begins without its byte-order magic" + damaged());
        }
        interfaces.clear();
        sectionSeen = true;
    }

    /** The length of the block, checked against the file and against its copy at the end of the block. */
    private long blockLength() throws IOException {
        long length = window.u32(locate(BLOCK_OVERHEAD) + 4, order);
        if (length < BLOCK_OVERHEAD || length % 4 != 0) {
            throw window.broken(position, "a block cannot be " + length + " bytes long" + damaged());
        }
        int trailer = window.size() - position < length
                ? FileWindow.BEYOND_THE_END
                : window.locate(position + length - TRAILER, TRAILER);
        if (trailer == FileWindow.BEYOND_THE_END) {
            throw cutShort(length);
        }
        if (window.u32(trailer, order) != length) {
            throw window.broken(position, "the two lengths of a block differ" + damaged());
        }
        return length;
    }

    private boolean readBlock(int type, long length, RawPacket packet) throws IOException {
        switch (type) {
            case INTERFACE_DESCRIPTION -> readInterface(body(length, INTERFACE_HEADER), length);
            case ENHANCED_PACKET -> {
                int at = body(length, PACKET_HEADER);
                readPacket(window.u32(at, order), at, length, packet);
            }
            case OBSOLETE_PACKET -> {
                int at = body(length, PACKET_HEADER);
                readPacket(window.u16(at, order), at, length, packet);
            }
            case SIMPLE_PACKET -> readSimplePacket(body(length, SIMPLE_PACKET_HEADER), length, packet);
            case SECTION_HEADER -> {
                body(length, SECTION_BODY);
                return false;
            }
            default -> {
                return false;
            }
        }
        return type != INTERFACE_DESCRIPTION;
    }

    /** Makes the whole block readable and returns where its body begins. */
    private int body(long length, int least) throws IOException {
        if (length < BLOCK_OVERHEAD + least || length > MAX_PACKET_BYTES + (1 << 20)) {
            throw window.broken(position, "a block of this type cannot be " + length + " bytes long" + damaged());
        }
        return locate((int) length) + BODY;
    }

    private void readInterface(int at, long length) throws IOException {
        if (interfaces.size() == MAX_INTERFACES) {
            throw window.broken(position, "more than " + MAX_INTERFACES + " interfaces" + damaged());
        }
        int end = at + (int) length - BLOCK_OVERHEAD;
        InterfaceOptions options = new InterfaceOptions();
        if (!options.read(window, order, at + INTERFACE_HEADER, end)) {
            throw window.broken(position, "an option of an interface is longer than its block" + damaged());
        }
        interfaces.add(new CaptureInterface(window.u16(at, order), window.u32(at + 4, order), options.timestampUnit()));
    }

    private void readPacket(long interfaceId, int at, long length, RawPacket packet) throws IOException {
        CaptureInterface from = interfaceOf(interfaceId);
        long units = window.u32(at + 4, order) << 32 | window.u32(at + 8, order);
        long captured = window.u32(at + 12, order);
        long original = window.u32(at + 16, order);
        if (captured > length - BLOCK_OVERHEAD - PACKET_HEADER) {
            throw window.broken(position, "a packet of " + captured + " bytes is longer than its block" + damaged());
        }
        lastTimestampNs = from.unit().toNs(units);
        window.wrap(packet, at + PACKET_HEADER, (int) captured);
        packet.header(lastTimestampNs, wireLength(captured, original), from.linkType());
    }

    /** A simple packet block has no time; the packet before it is the best witness. */
    private void readSimplePacket(int at, long length, RawPacket packet) throws IOException {
        CaptureInterface from = interfaceOf(0);
        long original = window.u32(at, order);
        long limit = from.snapLength() == 0 ? original : from.snapLength();
        long captured = Math.min(Math.min(original, limit), length - BLOCK_OVERHEAD - SIMPLE_PACKET_HEADER);
        window.wrap(packet, at + SIMPLE_PACKET_HEADER, (int) captured);
        packet.header(lastTimestampNs, wireLength(captured, original), from.linkType());
    }

    private static int wireLength(long captured, long original) {
        return (int) Math.min(Math.max(original, captured), Integer.MAX_VALUE);
    }

    private CaptureInterface interfaceOf(long id) throws CaptureFileException {
        if (!sectionSeen || id >= interfaces.size()) {
            throw window.broken(position, "a packet names interface " + id + ", which is not described" + damaged());
        }
        return interfaces.get((int) id);
    }

    private int locate(int length) throws IOException {
        int at = window.locate(position, length);
        if (at == FileWindow.BEYOND_THE_END) {
            throw cutShort(length);
        }
        return at;
    }

    private CaptureFileException cutShort(long length) {
        return window.broken(
                position,
                "the file ends inside a block: " + length + " bytes should follow and " + (window.size() - position)
                        + " do; the packets before it were read");
    }

    private static String damaged() {
        return "; the file is damaged here, what follows is not read";
    }
}
