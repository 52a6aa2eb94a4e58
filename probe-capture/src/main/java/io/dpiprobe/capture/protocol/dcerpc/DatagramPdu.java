// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the header of a connectionless PDU (C706, 12.5.2). */
final class DatagramPdu {
    static final int HEADER_BYTES = 80;
    /** Where the length of the body is. */
    static final int BODY_LENGTH_AT = 74;

    static final int REJECT = 6;

    static final int VERSION = 4;
    /** Fragment acknowledgments of cancels are the last type. */
    static final int HIGHEST_TYPE = 10;

    private static final int LAST_FRAGMENT = 0x02;
    private static final int FRAGMENT = 0x04;
    /** Bits of both flag bytes that no implementation may set. */
    static final int RESERVED_1 = 0x81;

    static final int RESERVED_2 = 0xfd;
    static final int LITTLE_ENDIAN = 0x10;
    static final int HIGHEST_FLOATING_POINT = 3;

    int type;
    long interfaceHigh;
    long interfaceLow;
    long activityHigh;
    long activityLow;
    long interfaceVersion;
    long sequence;
    int opnum;
    int bodyBytes;
    int fragment;

    private int flags;
    private boolean littleEndian;

    /** Reads the header; the cursor is then at the body, which is there whole. */
    Verdict read(Cursor in) {
        in.require(in.u8() == VERSION);
        type = in.u8();
        in.require(type <= HIGHEST_TYPE);
        flags = in.u8();
        in.require((flags & RESERVED_1) == 0 && (in.u8() & RESERVED_2) == 0);
        int integers = in.u8();
        in.require(integers == LITTLE_ENDIAN || integers == 0);
        littleEndian = integers == LITTLE_ENDIAN;
        in.require(in.u8() <= HIGHEST_FLOATING_POINT && in.u8() == 0);
        in.skip(1 + Uuid.BYTES); // serial_hi, object
        interfaceHigh = uuidHigh(in);
        interfaceLow = in.u64();
        activityHigh = uuidHigh(in);
        activityLow = in.u64();
        u32(in); // server_boot
        interfaceVersion = u32(in);
        sequence = u32(in);
        opnum = u16(in);
        in.skip(4); // ihint, ahint
        bodyBytes = u16(in);
        fragment = u16(in);
        in.skip(2); // auth_proto, serial_lo
        in.require(bodyBytes <= in.remaining());
        return in.verdict();
    }

    boolean isLast() {
        return (flags & FRAGMENT) == 0 || (flags & LAST_FRAGMENT) != 0;
    }

    boolean isLittleEndian() {
        return littleEndian;
    }

    private int u16(Cursor in) {
        return littleEndian ? in.u16le() : in.u16();
    }

    private long u32(Cursor in) {
        return littleEndian ? in.u32le() : in.u32();
    }

    private long uuidHigh(Cursor in) {
        return u32(in) << 32 | (long) u16(in) << 16 | u16(in);
    }
}
