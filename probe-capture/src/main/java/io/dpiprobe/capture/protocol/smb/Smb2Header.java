// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.protocol.Cursor;

/** Reads the header of an SMB2 or SMB3 message ([MS-SMB2], 2.2.1). */
final class Smb2Header {
    static final int BYTES = 64;

    private static final long RESPONSE = 0x1;
    private static final long ASYNC = 0x2;

    int command;
    int status;
    long nextCommand;
    long messageId;
    long treeId;
    long sessionId;
    boolean response;

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
    }
}
