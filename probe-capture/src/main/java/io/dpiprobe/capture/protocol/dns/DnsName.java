// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a domain name, compressed or not (RFC 1035, 4.1.4), as labels with dots between them.
 *
 * <p>Names may be longer than the 255 bytes allowed, as tunnels make them; they are cut at {@link #MAX_LENGTH}. Pointers
 * may lead anywhere in the message, as careless encoders have them, but only so often.
 */
final class DnsName {
    /** Longest name kept: four times what the standard allows. */
    @Bound(of = "a name", then = "it is cut", seen = "dns.queries.rrname_truncated", unit = Bound.Unit.BYTES)
    static final int MAX_LENGTH = 1025;
    /** Pointers followed in one name: a sane encoder needs one. */
    @Bound(of = "pointers followed in a name", then = "the message is invalid", seen = "protocol_violations_total")
    static final int MAX_POINTERS = 64;

    static final int POINTER = 0xc0;
    static final int MAX_LABEL = 63;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private final Slice text = new Slice();
    private int length;
    private boolean truncated;

    /**
     * Reads the name at the cursor, which moves behind it.
     *
     * @param message where the message begins, as an index of the cursor's buffer: pointers count from there
     */
    void read(Cursor in, int message) {
        length = 0;
        truncated = false;
        int label = in.u8();
        while (label > 0 && label <= MAX_LABEL && !in.failed()) {
            append(in.buffer(), in.position(), in.remaining() >= label ? label : 0);
            in.skip(label);
            label = in.u8();
        }
        if (label >= POINTER && !in.failed()) {
            int target = (label & ~POINTER) << 8 | in.u8();
            in.require(follow(in.buffer(), message, target, in.position() + in.remaining() - message));
        } else {
            in.require(label <= MAX_LABEL);
        }
    }

    /** Passes over a name without following its pointer. */
    static void skip(Cursor in) {
        int label = in.u8();
        while (label > 0 && label <= MAX_LABEL && !in.failed()) {
            in.skip(label);
            label = in.u8();
        }
        in.skip(label >= POINTER ? 1 : 0);
    }

    /** The name as text, valid until the next is read; empty for the root. */
    Slice text() {
        return text.wrap(view, 0, length);
    }

    /** True if the name was longer than what is kept. */
    boolean isTruncated() {
        return truncated;
    }

    /** Reads on at an offset of the message, which ends at {@code end}. */
    private boolean follow(DirectBuffer buffer, int message, int target, int end) {
        int at = target;
        for (int pointers = 0; pointers < MAX_POINTERS; ) {
            if (at >= end || truncated) {
                return truncated;
            }
            int label = buffer.getByte(message + at) & 0xff;
            if (label == 0) {
                return true;
            }
            if (label >= POINTER) {
                if (at + 1 >= end) {
                    return false;
                }
                at = (label & ~POINTER) << 8 | (buffer.getByte(message + at + 1) & 0xff);
                pointers++;
            } else if (label > MAX_LABEL || at + 1 + label > end) {
                return false;
            } else {
                append(buffer, message + at + 1, label);
                at += 1 + label;
            }
        }
        return false;
    }

    private void append(DirectBuffer source, int at, int count) {
        int dot = length > 0 ? 1 : 0;
        int room = MAX_LENGTH - length - dot;
        if (count > room) {
            truncated = true;
            return;
        }
        if (dot == 1) {
            bytes[length++] = '.';
        }
        source.getBytes(at, bytes, length, count);
        length += count;
    }
}
