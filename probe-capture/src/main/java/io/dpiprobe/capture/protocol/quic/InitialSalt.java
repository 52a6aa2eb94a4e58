// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Knows the salt from which each version derives the keys of its Initial packets (RFC 9001, 5.2, and its drafts). */
final class InitialSalt {
    private static final SecretKeySpec DRAFT_22 = salt("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a");
    /** Drafts 23 to 28. */
    private static final SecretKeySpec DRAFT_23 = salt("c3eef712c72ebb5a11a7d2432bb46365bef9f502");
    /** Drafts 29 to 32. */
    private static final SecretKeySpec DRAFT_29 = salt("afbfec289993d24c9e9786f19c6111e04390a899");
    /** From draft 33 on. */
    private static final SecretKeySpec V1 = salt("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
    /** The first drafts of version 2. */
    private static final SecretKeySpec V2_DRAFT = salt("a707c203a59b47184a1d62ca570406ea7ae3e5d3");
    /** RFC 9369, 3.3.1. */
    private static final SecretKeySpec V2 = salt("0dede3def700a6db819381be6e269dcbf9bd2ed9");

    private static final SecretKeySpec Q050 = salt("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45");
    private static final SecretKeySpec T050 = salt("7ff579e5acd072915580304c43a2367c60488310");
    private static final SecretKeySpec T051 = salt("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d");

    private InitialSalt() {}

    /** The key of the first HMAC; null if it is not known how packets of this version are protected. */
    static @Nullable SecretKeySpec of(int version) {
        if (QuicVersion.isDraft(version)) {
            return ofDraft(version & 0xff);
        }
        if (QuicVersion.isFacebook(version)) {
            return ofFacebook(version);
        }
        return switch (version) {
            case QuicVersion.V1 -> V1;
            case QuicVersion.V2 -> V2;
            case QuicVersion.V2_DRAFT_00, QuicVersion.V2_DRAFT_01 -> V2_DRAFT;
            case QuicVersion.Q050 -> Q050;
            case QuicVersion.T050 -> T050;
            case QuicVersion.T051 -> T051;
            default -> QuicVersion.isReserved(version) ? V1 : null; // what clients that provoke a negotiation speak
        };
    }

    private static @Nullable SecretKeySpec ofDraft(int draft) {
        if (draft < 22) {
            return null; // other headers
        }
        if (draft == 22) {
            return DRAFT_22;
        }
        if (draft < 29) {
            return DRAFT_23;
        }
        return draft < 33 ? DRAFT_29 : V1;
    }

    /** mvfst kept the salt of draft 23 in its own versions when the drafts went on. */
    private static SecretKeySpec ofFacebook(int version) {
        return switch (version) {
            case QuicVersion.MVFST_DRAFT_22 -> DRAFT_22;
            case QuicVersion.MVFST_V1 -> V1;
            default -> DRAFT_23;
        };
    }

    private static SecretKeySpec salt(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), KeyDerivation.HMAC);
    }
}
