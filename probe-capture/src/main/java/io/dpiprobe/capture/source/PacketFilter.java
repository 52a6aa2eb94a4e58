// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import io.dpiprobe.capture.packet.LinkType;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides by a libpcap filter expression whether packets in native memory pass. Owned by one thread.
 *
 * <pre>
 *   struct pcap_pkthdr:  0 seconds | 8 microseconds | 16 captured length | 20 length
 * </pre>
 */
public final class PacketFilter implements AutoCloseable {
    private static final int SNAP_LENGTH = 262_144;
    private static final int HEADER_BYTES = 24;
    private static final int CAPTURED_OFFSET = 16;
    private static final int LENGTH_OFFSET = 20;

    private final String expression;
    private final Int2ObjectHashMap<BpfProgram> programs = new Int2ObjectHashMap<>();
    private final UnsafeBuffer header = LibPcap.memory(HEADER_BYTES);

    private PacketFilter(String expression) {
        this.expression = expression;
    }

    /**
     * Compiles an expression of pcap-filter(7), for Ethernet at first and for other link types as they come.
     *
     * @throws InvalidFilterException if it is not valid
     * @throws LibPcapMissingException if there is no libpcap to compile it
     */
    public static PacketFilter compile(String expression) throws InvalidFilterException, LibPcapMissingException {
        LibPcap.require();
        PacketFilter filter = new PacketFilter(expression);
        filter.program(LinkType.ETHERNET);
        return filter;
    }

    /**
     * Says whether a packet passes.
     *
     * @throws InvalidFilterException if the expression makes no sense for the packet's link type
     */
    public boolean accepts(RawPacket packet) throws InvalidFilterException {
        assert packet.bytes().byteArray() == null : "native memory";
        BpfProgram program = program(packet.linkType());
        header.putInt(CAPTURED_OFFSET, packet.capturedLength());
        header.putInt(LENGTH_OFFSET, packet.wireLength());
        return LibPcap.pcap_offline_filter(
                        program.address(),
                        header.addressOffset(),
                        packet.bytes().addressOffset())
                != 0;
    }

    @Override
    public void close() {
        programs.values().forEach(BpfProgram::close);
        programs.clear();
    }

    private BpfProgram program(int linkType) throws InvalidFilterException {
        BpfProgram known = programs.get(linkType);
        if (known != null) {
            return known;
        }
        long dead = LibPcap.pcap_open_dead(LinkTypes.toLibPcap(linkType), SNAP_LENGTH);
        try {
            BpfProgram program = BpfProgram.compile(dead, expression);
            programs.put(linkType, program);
            return program;
        } finally {
            LibPcap.pcap_close(dead);
        }
    }
}
