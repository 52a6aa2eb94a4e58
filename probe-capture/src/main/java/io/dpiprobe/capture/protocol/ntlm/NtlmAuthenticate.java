// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads who logs in from an AUTHENTICATE_MESSAGE ([MS-NLMP], 2.2.1.3), and keeps it until it is written. */
public final class NtlmAuthenticate {
    private static final String SIGNATURE = "NTLMSSP";
    private static final int AUTHENTICATE = 3;
    private static final long NEGOTIATE_UNICODE = 0x1;
    private static final long NEGOTIATE_VERSION = 0x0200_0000;
    /** How far into a token the message may begin: SPNEGO wraps it in a few tens of bytes. */
    private static final int MAX_WRAPPING_BYTES = 512;

    private final Cursor in = new Cursor();
    private final Slice message = new Slice();
    private final Slice field = new Slice();
    private final WireString domain = new WireString();
    private final WireString user = new WireString();
    private final WireString host = new WireString();
    private long flags;
    private int major;
    private int minor;
    private int build;
    private int revision;

    /** Looks for the message inside a security token; true if it is there and whole in its fixed part. */
    public boolean find(Slice token) {
        int last = Math.min(token.length() - SIGNATURE.length(), MAX_WRAPPING_BYTES);
        for (int i = 0; i <= last; i++) {
            if (token.u8(i) == 'N' && isSignature(token, i)) {
                in.wrap(message.wrap(token.buffer(), token.offset() + i, token.length() - i));
                return read();
            }
        }
        return false;
    }

    public WireString domain() {
        return domain;
    }

    public WireString user() {
        return user;
    }

    /** Writes the members of an {@code ntlmssp} object. */
    public void write(JsonWriter json) {
        json.wire("domain", domain.text()).wire("user", user.text()).wire("host", host.text());
        if ((flags & NEGOTIATE_VERSION) != 0) {
            json.beginText("version").appendNumber(major).append('.').appendNumber(minor);
            json.append(" build ")
                    .appendNumber(build)
                    .append(" rev ")
                    .appendNumber(revision)
                    .endText();
        }
    }

    private static boolean isSignature(Slice token, int at) {
        for (int i = 0; i < SIGNATURE.length(); i++) {
            if (token.u8(at + i) != SIGNATURE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean read() {
        in.skip(SIGNATURE.length() + 1);
        in.require(in.u32le() == AUTHENTICATE);
        in.skip(16); // LmChallengeResponse, NtChallengeResponse
        long domainField = in.u64le();
        long userField = in.u64le();
        long hostField = in.u64le();
        in.skip(8); // EncryptedRandomSessionKey
        flags = in.u32le();
        if (in.failed()) {
            return false;
        }
        if ((flags & NEGOTIATE_VERSION) != 0) {
            readVersion();
        }
        readField(domainField, domain);
        readField(userField, user);
        readField(hostField, host);
        return true;
    }

    private void readVersion() {
        major = in.u8();
        minor = in.u8();
        build = in.u16le();
        in.skip(3);
        revision = in.u8();
    }

    /** A field is its length, its capacity and its offset from the start of the message; beyond the token it is empty. */
    private void readField(long descriptor, WireString into) {
        int length = (int) descriptor & 0xffff;
        long offset = descriptor >>> 32;
        in.wrap(message);
        in.skip((int) Math.min(Integer.MAX_VALUE, offset));
        in.slice(length, field);
        if ((flags & NEGOTIATE_UNICODE) != 0) {
            into.setUtf16(field);
        } else {
            into.set(field);
        }
    }
}
