// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP packets together from fragments (RFC 791, 3.2; RFC 8200, 4.5). Owned by one worker.
 *
 * <p>Bounded: at most {@link #MAX_PACKETS} packets wait for fragments, the oldest gives way to a new one.
 */
public final class Defragmenter {
    /** Packets waiting at once: at 64 KiB each 64 MiB in the worst case, far more than a network has in flight. */
    @Bound(
            of = "packets of which fragments wait, for each worker",
            then = "the one begun first is forgotten",
            seen = "packets_undecodable_total{reason=\"fragment\"}")
    static final int MAX_PACKETS = 1024;
    /** How long fragments are waited for, in packet time (RFC 1122, 3.3.2). */
    @Bound(
            of = "waiting for the rest of a packet, in packet time",
            then = "its fragments are forgotten",
            seen = "packets_undecodable_total{reason=\"fragment\"}",
            unit = Bound.Unit.NANOSECONDS)
    static final long TIMEOUT_NS = 60_000_000_000L;

    private static final int FRAGMENT_HEADER = 8;
    private static final int MORE_V4 = 0x2000;
    private static final int OFFSET_V4 = 0x1fff;

    private final Long2ObjectHashMap<Fragments> waiting = new Long2ObjectHashMap<>();
    private final ArrayDeque<Fragments> oldestFirst = new ArrayDeque<>();
    private final ArrayDeque<Fragments> idle = new ArrayDeque<>();
    private final UnsafeBuffer whole = new UnsafeBuffer(new byte[0]);

    private long dropped;
    private long reassembled;

    /**
     * Takes in a packet that {@link Decoder} has called a fragment.
     *
     * @return the whole IP packet if this was its last missing piece, valid until the next call, or null
     */
    public @Nullable DirectBuffer add(Packet packet) {
        return packet.ipVersion == 4 ? addV4(packet) : addV6(packet);
    }

    /** Packets put together so far. */
    public long reassembled() {
        return reassembled;
    }

    /** Packets given up because a piece never came, or nonsense did. */
    public long dropped() {
        return dropped;
    }

    private @Nullable DirectBuffer addV4(Packet packet) {
        DirectBuffer bytes = packet.bytes;
        int flags = Wire.u16(bytes, packet.ipOffset + 6);
        int id = Wire.u16(bytes, packet.ipOffset + 4);
        int offset = (flags & OFFSET_V4) * 8;
        int from = packet.ipOffset + packet.ipHeaderLength;
        Fragments fragments = of(packet, id, packet.protocol);
        if (offset == 0) {
            fragments.protocol(packet.protocol);
        }
        return add(fragments, packet, from, offset, (flags & MORE_V4) == 0);
    }

    private @Nullable DirectBuffer addV6(Packet packet) {
        DirectBuffer bytes = packet.bytes;
        int header = packet.ipOffset + packet.ipHeaderLength;
        int field = Wire.u16(bytes, header + 2);
        int id = Wire.i32(bytes, header + 4);
        int offset = field & 0xfff8;
        Fragments fragments = of(packet, id, IpProtocol.IPV6_FRAG);
        if (offset == 0) {
            fragments.protocol(Wire.u8(bytes, header));
        }
        return add(fragments, packet, header + FRAGMENT_HEADER, offset, (field & 1) == 0);
    }

    private @Nullable DirectBuffer add(Fragments fragments, Packet packet, int from, int offset, boolean last) {
        int length = packet.ipOffset + packet.ipLength - from;
        int captured = packet.bytes.capacity() - from;
        boolean misaligned = !last && length % 8 != 0;
        if (length <= 0 || length > captured || misaligned || offset + length > Fragments.MAX_LENGTH) {
            return null; // not captured whole, or nonsense: the packet stays incomplete and times out
        }
        fragments.add(offset, packet.bytes, from, length, last);
        if (!fragments.isComplete()) {
            return null;
        }
        reassembled++;
        forget(fragments);
        return packet.ipVersion == 4 ? wholeV4(packet, fragments) : wholeV6(packet, fragments);
    }

    private Fragments of(Packet packet, int id, int protocol) {
        long key = key(packet, id, protocol);
        Fragments found = waiting.get(key);
        if (found != null && isSame(found, packet) && packet.timestampNs() - found.startedNs <= TIMEOUT_NS) {
            return found;
        }
        if (found != null) {
            giveUp(found);
        } else if (oldestFirst.size() == MAX_PACKETS) {
            giveUp(oldestFirst.getFirst());
        }
        return begin(packet, key);
    }

    private Fragments begin(Packet packet, long key) {
        giveUpOverdue(packet.timestampNs());
        Fragments fragments = idle.pollLast();
        if (fragments == null) {
            fragments = new Fragments();
        }
        fragments.reset();
        fragments.key = key;
        fragments.srcHi = packet.srcHi;
        fragments.srcLo = packet.srcLo;
        fragments.dstHi = packet.dstHi;
        fragments.dstLo = packet.dstLo;
        fragments.startedNs = packet.timestampNs();
        waiting.put(key, fragments);
        oldestFirst.addLast(fragments);
        return fragments;
    }

    /** Those from a future that a clock set back has left count as overdue too: they would stand before all others. */
    private void giveUpOverdue(long nowNs) {
        for (Fragments oldest = oldestFirst.peekFirst();
                oldest != null && Math.abs(nowNs - oldest.startedNs) > TIMEOUT_NS;
                oldest = oldestFirst.peekFirst()) {
            giveUp(oldest);
        }
    }

    private void giveUp(Fragments fragments) {
        dropped++;
        forget(fragments);
        fragments.reset();
    }

    private void forget(Fragments fragments) {
        waiting.remove(fragments.key);
        if (oldestFirst.peekFirst() == fragments) {
            oldestFirst.removeFirst();
        } else {
            oldestFirst.remove(fragments);
        }
        idle.addLast(fragments);
    }

    private static boolean isSame(Fragments found, Packet packet) {
        return found.srcLo == packet.srcLo
                && found.dstLo == packet.dstLo
                && found.srcHi == packet.srcHi
                && found.dstHi == packet.dstHi;
    }

    private static long key(Packet packet, int id, int protocol) {
        long key = packet.srcLo * 0x9e3779b97f4a7c15L + packet.dstLo;
        key = (key ^ packet.srcHi) * 0xc2b2ae3d27d4eb4fL + packet.dstHi;
        key = (key ^ (long) id << 16 ^ protocol ^ (long) packet.ipVersion << 8) * 0x9e3779b97f4a7c15L;
        return key ^ key >>> 29 ^ (packet.vlanCount > 0 ? packet.vlans[0] : 0);
    }

    private DirectBuffer wholeV4(Packet packet, Fragments fragments) {
        int start = Fragments.HEADER_ROOM - IpDecoder.IPV4_HEADER;
        int length = IpDecoder.IPV4_HEADER + fragments.totalLength();
        whole.wrap(fragments.bytes(), start, length);
        whole.setMemory(0, IpDecoder.IPV4_HEADER, (byte) 0);
        whole.putByte(0, (byte) 0x45);
        whole.putShort(2, Short.reverseBytes((short) Math.min(length, Fragments.MAX_LENGTH)));
        whole.putByte(9, (byte) fragments.protocol());
        whole.putInt(12, Integer.reverseBytes((int) packet.srcLo));
        whole.putInt(16, Integer.reverseBytes((int) packet.dstLo));
        return whole;
    }

    private DirectBuffer wholeV6(Packet packet, Fragments fragments) {
        whole.wrap(fragments.bytes(), 0, IpDecoder.IPV6_HEADER + fragments.totalLength());
        whole.putInt(0, Integer.reverseBytes(0x60000000));
        whole.putShort(4, Short.reverseBytes((short) fragments.totalLength()));
        whole.putByte(6, (byte) fragments.protocol());
        whole.putByte(7, (byte) 0);
        whole.putLong(8, Long.reverseBytes(packet.srcHi));
        whole.putLong(16, Long.reverseBytes(packet.srcLo));
        whole.putLong(24, Long.reverseBytes(packet.dstHi));
        whole.putLong(32, Long.reverseBytes(packet.dstLo));
        return whole;
    }
}
