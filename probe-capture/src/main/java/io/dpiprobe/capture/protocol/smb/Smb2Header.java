// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.protocol.Cursor;

/** Reads the header of an SMB2 or SMB3 message ([MS-SMB2], 2.2.1). */
final class Smb2Header extends MessageHeader {
    static final int BYTES = 64;
    /** In a related request: as in the one before. */
    static final long INHERITED = -1;

    private static final long RESPONSE = 0x1;
    private static final long ASYNC = 0x2;
    private static final long RELATED = 0x4;

    long nextCommand;
    private long sessionBefore;
    private long treeBefore;

    /** Reads the first header of a compound. */
    void readFirst(Cursor in) {
        sessionBefore = 0;
        treeBefore = 0;
        read(in);
    }

    /** Reads a header, which may inherit ids from the one read before ([MS-SMB2], 3.3.5.2.7.2). */
    void read(Cursor in) {
        in.skip(4);
        in.require(in.u16le() == BYTES);
        in.skip(2); // CreditCharge
        status = (int) in.u32le();
        command = in.u16le();
        in.skip(2); // credits
        long flags = in.u32le();
        response = (flags & RESPONSE) != 0;
        nextCommand = in.u32le();
        messageId = in.u64le();
        long ids = in.u64le();
        treeId = (flags & ASYNC) != 0 ? 0 : ids >>> 32;
        sessionId = in.u64le();
        in.skip(16); // signature
        if ((flags & RELATED) != 0 && !response) {
            sessionId = sessionId == INHERITED ? sessionBefore : sessionId;
            treeId = treeId == 0xffff_ffffL ? treeBefore : treeId;
        }
        sessionBefore = sessionId;
        treeBefore = treeId;
    }
}
