// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads who logs in from an AUTHENTICATE_MESSAGE ([MS-NLMP], 2.2.1.3), and keeps it until it is written. */
public final class NtlmAuthenticate {
    private static final int TYPE = 3;
    private static final long NEGOTIATE_UNICODE = 0x1;
    private static final long NEGOTIATE_VERSION = 0x0200_0000;
    private static final long NEGOTIATE_EXTENDED_SESSIONSECURITY = 0x8_0000;
    /** NTLM_RESPONSE ([MS-NLMP], 2.2.2.6): a longer one is of version 2. */
    private static final int NTLM_RESPONSE_BYTES = 24;
    /** Of version 2: NTProofStr, and what comes before the AV_PAIRs of the client's challenge (2.2.2.7, 2.2.2.8). */
    private static final int BEFORE_PAIRS = 16 + 28;
    /** Where the payload begins, if there is an integrity code in front of it. */
    private static final int MIC_END = 88;

    private final Cursor in = new Cursor();
    private final Slice message = new Slice();
    private final Slice field = new Slice();
    private final WireString domain = new WireString();
    private final WireString user = new WireString();
    private final WireString host = new WireString();
    private final TargetInfo target = new TargetInfo();
    private final NtlmVersion version = new NtlmVersion();
    private long flags;
    private int lmBytes;
    private int ntBytes;
    private boolean mic;

    /** Looks for the message inside a security token; true if it is there and whole in its fixed part. */
    public boolean find(Slice token) {
        return NtlmMessage.find(token, message) == TYPE && read();
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
        version.write(json);
    }

    /** Writes how the client proves itself: the kind of its response, and for whom it was computed. */
    void writeProof(JsonWriter json) {
        json.ascii("response", kind());
        json.bool("weak_response", ntBytes == NTLM_RESPONSE_BYTES);
        json.bool("mic", mic);
        target.write(json);
    }

    private String kind() {
        if (ntBytes > NTLM_RESPONSE_BYTES) {
            return "ntlmv2";
        }
        if (ntBytes == 0) {
            return lmBytes > 1 ? "lm" : "anonymous";
        }
        return (flags & NEGOTIATE_EXTENDED_SESSIONSECURITY) != 0 ? "ntlm2-session" : "ntlmv1";
    }

    private boolean read() {
        target.clear();
        version.clear();
        in.wrap(message);
        in.skip(NtlmMessage.HEAD_BYTES);
        long lmField = in.u64le();
        long ntField = in.u64le();
        long domainField = in.u64le();
        long userField = in.u64le();
        long hostField = in.u64le();
        in.skip(8); // EncryptedRandomSessionKey
        flags = in.u32le();
        if (in.failed()) {
            return false;
        }
        if ((flags & NEGOTIATE_VERSION) != 0) {
            version.read(in);
        }
        lmBytes = (int) lmField & 0xffff;
        ntBytes = (int) ntField & 0xffff;
        mic = Math.min(domainField >>> 32, Math.min(lmField >>> 32, ntField >>> 32)) >= MIC_END;
        readField(domainField, domain);
        readField(userField, user);
        readField(hostField, host);
        readTarget(ntField >>> 32);
        return true;
    }

    private void readTarget(long offset) {
        if (ntBytes > BEFORE_PAIRS) {
            in.wrap(message);
            in.skip((int) Math.min(Integer.MAX_VALUE, offset));
            int outer = in.enter(ntBytes);
            in.skip(BEFORE_PAIRS);
            target.read(in);
            in.leave(outer);
        }
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
