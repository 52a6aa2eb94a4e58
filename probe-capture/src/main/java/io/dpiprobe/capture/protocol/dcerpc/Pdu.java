// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads the header of a connection-oriented PDU (C706, 12.6.3.1), and numbers in the byte order it names. */
public final class Pdu {
    /** Bytes of the common header. */
    public static final int HEADER_BYTES = 16;

    public static final int REQUEST = 0;
    public static final int RESPONSE = 2;
    public static final int FAULT = 3;
    public static final int BIND = 11;
    public static final int BIND_ACK = 12;
    public static final int BIND_NAK = 13;
    public static final int ALTER_CONTEXT = 14;
    public static final int ALTER_CONTEXT_RESP = 15;
    public static final int AUTH3 = 16;

    private static final String[] NAMES = {
        "REQUEST",
        "PING",
        "RESPONSE",
        "FAULT",
        "WORKING",
        "NOCALL",
        "REJECT",
        "ACK",
        "CL_CANCEL",
        "FACK",
        "CANCEL_ACK",
        "BIND",
        "BINDACK",
        "BINDNAK",
        "ALTER_CONTEXT",
        "ALTER_CONTEXT_RESP",
        "AUTH3",
        "SHUTDOWN",
        "CO_CANCEL",
        "ORPHANED",
        "RTS"
    };
    private static final int VERSION = 5;
    private static final int FIRST_FRAGMENT = 0x01;
    private static final int LAST_FRAGMENT = 0x02;
    private static final int LITTLE_ENDIAN = 0x10;
    /** alloc_hint, p_cont_id and opnum, or alloc_hint, p_cont_id, cancel_count and reserved. */
    static final int CALL_HEADER_BYTES = 8;

    int versionMinor;
    int type;
    int fragLength;
    int authLength;
    int contextId;
    int opnum;
    long callId;
    /** The interface that this is about, if its name is known; found by the {@link Conversation}. */
    @Nullable
    RpcInterface target;

    private int flags;
    private boolean littleEndian;

    /** Reads the common header; the cursor is then behind it. */
    public Verdict read(Cursor in) {
        in.require(in.u8() == VERSION);
        versionMinor = in.u8();
        in.require(versionMinor <= 1);
        type = in.u8();
        in.require(type < NAMES.length);
        flags = in.u8();
        littleEndian = (in.u8() & LITTLE_ENDIAN) != 0;
        in.skip(3); // the rest of packed_drep
        fragLength = u16(in);
        authLength = u16(in);
        callId = u32(in);
        in.require(fragLength >= HEADER_BYTES);
        target = null;
        return in.verdict();
    }

    /** Reads what a request and a response begin with, behind the common header. */
    void readCall(Cursor in) {
        u32(in); // alloc_hint
        contextId = u16(in);
        opnum = u16(in);
    }

    /** Bytes behind the header in this fragment as EVE counts them: object UUID and authentication trailer included. */
    int stubBytes() {
        return Math.max(0, fragLength - HEADER_BYTES - CALL_HEADER_BYTES);
    }

    public int type() {
        return type;
    }

    public long callId() {
        return callId;
    }

    /** Bytes of the whole fragment. */
    public int fragLength() {
        return fragLength;
    }

    boolean isLittleEndian() {
        return littleEndian;
    }

    boolean isFirst() {
        return (flags & FIRST_FRAGMENT) != 0;
    }

    boolean isLast() {
        return (flags & LAST_FRAGMENT) != 0;
    }

    int u16(Cursor in) {
        return littleEndian ? in.u16le() : in.u16();
    }

    long u32(Cursor in) {
        return littleEndian ? in.u32le() : in.u32();
    }

    /** A UUID's first or second half as the number its text shows. */
    long uuidHalf(Cursor in, boolean first) {
        return first ? u32(in) << 32 | (long) u16(in) << 16 | u16(in) : in.u64();
    }

    static String nameOf(int type) {
        return NAMES[type];
    }
}
