// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import io.dpiprobe.buffer.Bound;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the link, network and transport headers of a packet. Keeps nothing between packets, never allocates.
 *
 * <p>The captured bytes may be fewer than the packet had; a header that is cut off makes it undecodable, a payload that
 * is cut off is noted as missing. Headers without conversations of their own (VLAN, MPLS, PPPoE, GRE) are passed over;
 * tunnels that are themselves flows (IP in IP, VXLAN and other tunnels over UDP) are decoded one after another: see
 * {@link #decodeTunnelled}.
 */
public final class Decoder {
    /** Headers that are followed inside one another: deeper nesting is an attack, not a network. */
    @Bound(
            of = "headers inside one another",
            then = "the packet is not decoded further",
            seen = "packets_undecodable_total{reason=\"too_deep\"}")
    static final int MAX_LAYERS = 16;

    private final LinkDecoder link = new LinkDecoder();
    private final IpDecoder ip = new IpDecoder();
    private final Checksums checksums;

    public Decoder(Checksums checksums) {
        this.checksums = checksums;
    }

    /**
     * Fills {@code packet}.
     *
     * @param linkType LINKTYPE_ value
     * @return why it could not, or null
     */
    public @Nullable Undecodable decode(DirectBuffer bytes, int linkType, Packet packet) {
        packet.clear(bytes);
        packet.layers = 0;
        return follow(packet, link.first(packet, linkType));
    }

    /** Fills {@code packet} from an IP packet that was put together from fragments. */
    public @Nullable Undecodable decodeReassembled(DirectBuffer bytes, Packet packet) {
        packet.clear(bytes);
        return follow(packet, Layer.of(EtherType.IP, 0));
    }

    /**
     * Fills {@code packet} with the packet that it carries: {@link Packet#isTunnel()} was true.
     *
     * @return why it could not, or null
     */
    public @Nullable Undecodable decodeTunnelled(Packet packet) {
        long inner = Layer.of(packet.tunnelType, packet.tunnelOffset);
        packet.enterTunnel();
        return follow(packet, inner);
    }

    private @Nullable Undecodable follow(Packet packet, long first) {
        long layer = first;
        while (!Layer.isOver(layer)) {
            if (++packet.layers > MAX_LAYERS) {
                packet.mark(DecodeAnomaly.TOO_MANY_LAYERS);
                return Undecodable.TOO_DEEP;
            }
            int offset = Layer.offset(layer);
            layer = switch (Layer.type(layer)) {
                case EtherType.IPV4, EtherType.IPV6, EtherType.IP -> ip.decode(packet, offset);
                default -> link.decode(packet, Layer.type(layer), offset);
            };
        }
        if (!Layer.isDone(layer)) {
            return Layer.reason(layer);
        }
        boolean sound = checksums == Checksums.IGNORED || ChecksumVerifier.verify(packet);
        return sound ? null : Undecodable.BAD_CHECKSUM;
    }
}
