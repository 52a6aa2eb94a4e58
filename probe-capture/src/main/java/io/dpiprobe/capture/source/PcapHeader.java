// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * Describes a pcap file as its first 24 bytes do (draft-ietf-opsawg-pcap, section 4).
 *
 * <pre>
 *   0 magic | 4 major | 6 minor | 8 thiszone | 12 sigfigs | 16 snaplen | 20 FCS length, link type
 * </pre>
 *
 * @param order of the numbers in the headers
 * @param nsPerFraction nanoseconds in one unit of the second timestamp field
 * @param recordHeaderBytes 16, or 24 in the variant of Linux 2.2 times
 * @param linkType LINKTYPE_ value
 */
record PcapHeader(ByteOrder order, int nsPerFraction, int recordHeaderBytes, int linkType) {
    static final int BYTES = 24;

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    /** With interface, protocol and packet type after each record's four usual fields. */
    private static final int MODIFIED = 0xa1b2cd34;

    private static final int LINK_TYPE_OFFSET = 20;
    /** Above it: the length of the frame check sequence, and whether that is known. */
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final int RECORD_HEADER = 16;
    private static final int MODIFIED_RECORD_HEADER = 24;

    static boolean isPcap(int magic) {
        return isMagic(magic) || isMagic(Integer.reverseBytes(magic));
    }

    static PcapHeader read(FileWindow window) throws IOException {
        int at = window.locate(0, BYTES);
        if (at == FileWindow.BEYOND_THE_END) {
            throw window.broken(0, "the file ends inside its header (24 bytes); capture or copy it again");
        }
        int magic = window.i32(at, ByteOrder.LITTLE_ENDIAN);
        ByteOrder order = isMagic(magic) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        magic = window.i32(at, order);
        return new PcapHeader(
                order,
                magic == NANOSECONDS ? 1 : 1000,
                magic == MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER,
                window.i32(at + LINK_TYPE_OFFSET, order) & LINK_TYPE_MASK);
    }

    private static boolean isMagic(int value) {
        return value == MICROSECONDS || value == NANOSECONDS || value == MODIFIED;
    }
}
