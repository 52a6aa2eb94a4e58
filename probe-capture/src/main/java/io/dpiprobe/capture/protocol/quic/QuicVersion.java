// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.eve.JsonWriter;
import java.nio.ByteOrder;

/** Knows the version numbers of QUIC (IANA, "QUIC Versions") and what of them differs. */
final class QuicVersion {
    /** The place of the version in a version negotiation packet (RFC 8999, 6). */
    static final int NEGOTIATION = 0;

    static final int V1 = 1;
    /** RFC 9369. */
    static final int V2 = 0x6b3343cf;

    /** draft-ietf-quic-v2-00, with the packet types of version 1. */
    static final int V2_DRAFT_00 = 0xff020000;
    /** draft-ietf-quic-v2-01 and those behind it, with packet types of its own. */
    static final int V2_DRAFT_01 = 0x709a50c4;

    static final int MVFST_DRAFT_22 = 0xfaceb001;
    static final int DRAFT_29 = 0xff00001d;
    /** What mvfst calls an alias of version 1. */
    static final int MVFST_V1 = 0xfaceb003;

    /** The last of Google's with a hello of its own, which came protected. */
    static final int Q050 = 0x51303530;
    /** Google's with the hello of TLS. */
    static final int T050 = 0x54303530;

    static final int T051 = 0x54303531;

    private static final int DRAFTS = 0xff0000;
    /** Any version of the form 0x?a?a?a?a makes a server negotiate (RFC 9000, 15). */
    private static final int RESERVED_MASK = 0x0f0f0f0f;

    private static final int RESERVED = 0x0a0a0a0a;
    /** Versions of mvfst begin so. */
    private static final int FACEBOOK = 0xfaceb0;

    private static final int Q0 = 'Q' << 8 | '0';
    private static final int T0 = 'T' << 8 | '0';
    /** The last with a byte of flags of its own in front of the frames. */
    private static final int Q033 = 33;
    /** The first with numbers in frames in the order of the network. */
    private static final int Q039 = 39;

    private static final int Q043 = 43;
    private static final int Q046 = 46;

    private QuicVersion() {}

    /** True for a number that QUIC uses, so that a packet with it is no accident. */
    static boolean isPlausible(int version) {
        return version == V1
                || isSecond(version)
                || isDraft(version)
                || isReserved(version)
                || isGoogle(version)
                || isPrivate(version);
    }

    /** True for versions of one maker with the hello of TLS: mvfst's, and Google's "T0" and two digits. */
    static boolean isPrivate(int version) {
        return isFacebook(version) || (version >>> 16 == T0 && areDigits(version));
    }

    /** True for a draft of version 1. */
    static boolean isDraft(int version) {
        return version >>> 8 == DRAFTS;
    }

    /** True for version 2 and its drafts. */
    static boolean isSecond(int version) {
        return version == V2 || version == V2_DRAFT_00 || version == V2_DRAFT_01;
    }

    /** True if the types of packets are counted from one further on (RFC 9369, 3.2). */
    static boolean hasShiftedTypes(int version) {
        return version == V2 || version == V2_DRAFT_01;
    }

    static boolean isReserved(int version) {
        return (version & RESERVED_MASK) == RESERVED;
    }

    /** True for the versions of mvfst. */
    static boolean isFacebook(int version) {
        return version >>> 8 == FACEBOOK;
    }

    /** True for Google's own QUIC: "Q0" and two digits. */
    static boolean isGoogle(int version) {
        return version >>> 16 == Q0 && areDigits(version);
    }

    /** True for those of Google's that protect their packets but kept the frames from before. */
    static boolean hasGoogleFrames(int version) {
        return version == Q050 || version == T050 || version == T051;
    }

    /** The number in the name of a version of Google's. */
    static int googleNumber(int version) {
        return ((version >> 8 & 0xff) - '0') * 10 + (version & 0xff) - '0';
    }

    /** True if the first message of a client is in clear. */
    static boolean hasPlainHello(int version) {
        return isGoogle(version) && googleNumber(version) <= Q046;
    }

    /** The order of the bytes of numbers in Google's frames. */
    static ByteOrder frameOrder(int version) {
        return googleNumber(version) < Q039 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** True if a byte of flags stands in front of the frames. */
    static boolean hasPrivateFlags(int version) {
        return googleNumber(version) <= Q033;
    }

    /** True if the fingerprint "CYU" is defined for this version. */
    static boolean hasCyu(int version) {
        return hasPlainHello(version) && googleNumber(version) >= Q043;
    }

    /** True for versions that EVE calls by their names. */
    private static boolean hasName(int version) {
        return hasPlainHello(version) && googleNumber(version) >= Q039;
    }

    /** Writes the version as events have it: a name where there is one, else the number in hexadecimal digits. */
    static void write(JsonWriter json, int version) {
        if (version == V2) {
            json.ascii("version", "v2");
        } else if (hasName(version)) {
            json.beginText("version").append("Q0");
            json.appendNumber(googleNumber(version)).endText();
        } else {
            json.hex("version", version & 0xffff_ffffL);
        }
    }

    private static boolean areDigits(int version) {
        return isDigit(version >> 8 & 0xff) && isDigit(version & 0xff);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
