// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.protocol.Cursor;

/** Reads the header of an SMB1 message ([MS-CIFS], 2.2.3.1). */
final class Smb1Header extends MessageHeader {
    static final int BYTES = 32;

    private static final int REPLY = 0x80;
    private static final int NT_STATUS = 0x4000;
    private static final int UNICODE = 0x8000;

    /** Strings are UTF-16, but for those that never are. */
    boolean unicode;

    void read(Cursor in) {
        in.skip(4);
        command = Smb1Command.FAMILY | in.u8();
        status = (int) in.u32le();
        response = (in.u8() & REPLY) != 0;
        int flags2 = in.u16le();
        unicode = (flags2 & UNICODE) != 0;
        dosError = (flags2 & NT_STATUS) == 0 && status != 0;
        long process = (long) in.u16le() << 16; // PIDHigh
        in.skip(10); // SecurityFeatures, Reserved
        treeId = in.u16le();
        process |= in.u16le();
        sessionId = in.u16le();
        messageId = process << 16 | in.u16le();
    }
}
