// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;

/** Finds a message of NTLM inside a security token ([MS-NLMP], 2.2.1): SPNEGO and GSS-API wrap it. */
final class NtlmMessage {
    /** Signature and type. */
    static final int HEAD_BYTES = 12;

    private static final String SIGNATURE = "NTLMSSP";
    /** How far into a token the message may begin: SPNEGO wraps it in a few tens of bytes. */
    @Bound(of = "bytes of a token in front of the message", then = "the message is not found", unit = Bound.Unit.BYTES)
    private static final int MAX_WRAPPING_BYTES = 512;

    private NtlmMessage() {}

    /** Points at the message and gives its type; 0 if there is none. */
    static int find(Slice token, Slice message) {
        int last = Math.min(token.length() - HEAD_BYTES, MAX_WRAPPING_BYTES);
        for (int i = 0; i <= last; i++) {
            if (token.u8(i) == 'N' && isSignature(token, i)) {
                message.wrap(token.buffer(), token.offset() + i, token.length() - i);
                return message.u8(SIGNATURE.length() + 1);
            }
        }
        return 0;
    }

    private static boolean isSignature(Slice token, int at) {
        for (int i = 0; i < SIGNATURE.length(); i++) {
            if (token.u8(at + i) != SIGNATURE.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
