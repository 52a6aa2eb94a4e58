// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes SMB over TCP: a session message that holds SMB, or the NetBIOS session request before it (RFC 1002). */
public final class SmbProtocol {
    public static final Protocol SMB = Protocol.tcp("smb", SmbProtocol::detect, SmbDissector::new, 445, 139);

    static final int SESSION_MESSAGE = 0x00;
    static final int SESSION_REQUEST = 0x81;
    /** The last three bytes of a protocol identifier: "SMB". */
    static final int IDENTIFIER = 0x53_4d42;
    /** Two NetBIOS names, each 34 bytes without a scope. */
    private static final int SESSION_REQUEST_BYTES = 68;

    private SmbProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        int type = in.u8();
        int length = in.u24();
        if (type == SESSION_REQUEST) {
            in.require(length == SESSION_REQUEST_BYTES);
            return in.verdict();
        }
        in.require(type == SESSION_MESSAGE);
        int version = in.u8();
        in.require(version >= SmbDissector.COMPRESSED);
        in.require(in.u24() == IDENTIFIER);
        return in.verdict();
    }
}
