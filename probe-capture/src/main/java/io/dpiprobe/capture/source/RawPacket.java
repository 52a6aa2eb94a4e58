// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A packet as a source hands it over: a view of the source's own memory, valid only during the call it is passed in.
 */
public final class RawPacket {
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private long timestampNs;
    private int wireLength;
    private int linkType;

    /** Points this view at a packet in native memory. */
    public RawPacket wrap(long address, int capturedLength) {
        bytes.wrap(address, capturedLength);
        return this;
    }

    /** Points this view at a packet inside a buffer. */
    public RawPacket wrap(DirectBuffer buffer, int offset, int capturedLength) {
        bytes.wrap(buffer, offset, capturedLength);
        return this;
    }

    /** Sets what the capture says about the packet. */
    public RawPacket header(long timestampNs, int wireLength, int linkType) {
        this.timestampNs = timestampNs;
        this.wireLength = wireLength;
        this.linkType = linkType;
        return this;
    }

    /** The captured bytes, from the link header on; the capacity is the captured length. */
    public DirectBuffer bytes() {
        return bytes;
    }

    public int capturedLength() {
        return bytes.capacity();
    }

    /** Nanoseconds since the epoch; may go backwards. */
    public long timestampNs() {
        return timestampNs;
    }

    /** Length on the wire in bytes, at least the captured length. */
    public int wireLength() {
        return wireLength;
    }

    /** LINKTYPE_ value as pcap files carry it. */
    public int linkType() {
        return linkType;
    }
}
