// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import org.agrona.concurrent.UnsafeBuffer;

/** Decodes the header blocks of one direction of a connection (RFC 7541), in the order in which they were sent. */
final class HeaderDecoder {
    /** Longest name or value: as long as what is kept of a whole message. */
    @Bound(
            of = "a name or value as it is sent",
            then = "the headers are invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_STRING_BYTES = HeaderList.MAX_BYTES;
    /** Bytes by which an integer may go on: more than any length or index needs. */
    private static final int MAX_INTEGER_BYTES = 4;

    private static final int USUAL_BYTES = 512;
    private static final int INDEXED = 0x80;
    private static final int WITH_INDEXING = 0x40;
    private static final int SIZE_UPDATE = 0x20;
    private static final int HUFFMAN = 0x80;

    private final DynamicTable table = new DynamicTable();
    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final UnsafeBuffer nameView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer valueView = new UnsafeBuffer(0, 0);
    private byte[] nameBytes = {};
    private byte[] valueBytes = {};

    void reset() {
        table.reset();
        if (nameBytes.length > USUAL_BYTES) {
            nameBytes = new byte[0];
        }
        if (valueBytes.length > USUAL_BYTES) {
            valueBytes = new byte[0];
        }
    }

    /** Adds the fields of the block that the cursor holds to a list. The cursor fails if it cannot be understood. */
    void read(Cursor in, HeaderList into) {
        while (in.hasRemaining()) {
            int first = in.u8();
            if (first >= INDEXED) {
                readIndexed(integer(in, first, 7), in);
                into.add(name, value);
            } else if (first >= WITH_INDEXING) {
                readLiteral(integer(in, first, 6), in);
                if (!in.failed()) {
                    into.add(name, value);
                    keepApart();
                    table.add(name, value);
                }
            } else if (first >= SIZE_UPDATE) {
                resize(integer(in, first, 5), in, into);
            } else {
                readLiteral(integer(in, first, 4), in);
                into.add(name, value);
            }
        }
    }

    /** RFC 7541, 6.1. */
    private void readIndexed(int index, Cursor in) {
        readName(index, in);
        if (in.failed()) {
            value.clear();
        } else if (index <= StaticTable.SIZE) {
            StaticTable.value(index, value);
        } else {
            table.value(index - StaticTable.SIZE - 1, value);
        }
    }

    /** RFC 7541, 6.2. */
    private void readLiteral(int index, Cursor in) {
        if (index > 0) {
            readName(index, in);
        } else {
            nameBytes = readString(in, name, nameView, nameBytes);
        }
        valueBytes = readString(in, value, valueView, valueBytes);
        if (in.failed()) {
            name.clear();
            value.clear();
        }
    }

    private void readName(int index, Cursor in) {
        in.require(index > 0 && index <= StaticTable.SIZE + table.count());
        if (in.failed()) {
            name.clear();
        } else if (index <= StaticTable.SIZE) {
            StaticTable.name(index, name);
        } else {
            table.name(index - StaticTable.SIZE - 1, name);
        }
    }

    /** A name that lies in the table is copied out of it before it goes in again: it may be evicted on the way (4.4). */
    private void keepApart() {
        if (name.buffer() != nameView) {
            int length = name.length();
            nameBytes = grown(nameBytes, length);
            name.buffer().getBytes(name.offset(), nameBytes, 0, length);
            nameView.wrap(nameBytes);
            name.wrap(nameView, 0, length);
        }
    }

    private void resize(int size, Cursor in, HeaderList into) {
        in.require(size <= DynamicTable.MAX_SIZE);
        if (!in.failed()) {
            table.resize(size);
            into.addSizeUpdate(size);
        }
    }

    /** RFC 7541, 5.2: as it is, or Huffman coded into {@code bytes}, which are given back, grown if need be. */
    private static byte[] readString(Cursor in, Slice into, UnsafeBuffer view, byte[] bytes) {
        int first = in.u8();
        int length = integer(in, first, 7);
        in.require(length <= MAX_STRING_BYTES);
        in.slice(length, into);
        if (in.failed() || first < HUFFMAN) {
            return bytes;
        }
        byte[] decoded = grown(bytes, 8 * length / 5 + 1);
        int count = Huffman.decode(into.buffer(), into.offset(), length, decoded, 0);
        in.require(count != Huffman.INVALID);
        view.wrap(decoded);
        into.wrap(view, 0, Math.max(0, count));
        return decoded;
    }

    /** RFC 7541, 5.1. */
    private static int integer(Cursor in, int first, int prefixBits) {
        int prefix = (1 << prefixBits) - 1;
        int integer = first & prefix;
        if (integer < prefix) {
            return integer;
        }
        int shift = 0;
        int next = 0x80;
        while (next >= 0x80 && shift < 7 * MAX_INTEGER_BYTES) {
            next = in.u8();
            integer += (next & 0x7f) << shift;
            shift += 7;
        }
        in.require(next < 0x80);
        return integer;
    }

    private static byte[] grown(byte[] bytes, int length) {
        return length <= bytes.length ? bytes : new byte[Math.max(USUAL_BYTES, length)];
    }
}
