// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads how a server names itself in a CHALLENGE_MESSAGE ([MS-NLMP], 2.2.1.2), and keeps it until it is written. */
final class NtlmChallenge {
    static final int TYPE = 2;

    private static final long NEGOTIATE_VERSION = 0x0200_0000;

    private final Cursor in = new Cursor();
    private final TargetInfo target = new TargetInfo();
    private final NtlmVersion version = new NtlmVersion();

    /** Reads the message; true if its fixed part is there. */
    boolean read(Slice message) {
        target.clear();
        version.clear();
        in.wrap(message);
        in.skip(12 + 8); // signature, type, TargetNameFields
        long flags = in.u32le();
        in.skip(8 + 8); // ServerChallenge, Reserved
        int length = in.u16le();
        in.skip(2);
        long offset = in.u32le();
        if (in.failed()) {
            return false;
        }
        if ((flags & NEGOTIATE_VERSION) != 0) {
            version.read(in);
        }
        in.wrap(message);
        in.skip((int) Math.min(Integer.MAX_VALUE, offset));
        int outer = in.enter(length);
        target.read(in);
        in.leave(outer);
        return true;
    }

    void write(JsonWriter json) {
        target.write(json);
        version.write(json);
    }
}
