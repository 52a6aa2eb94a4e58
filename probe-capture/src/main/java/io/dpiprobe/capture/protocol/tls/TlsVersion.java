// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

/** Names protocol versions, as events and as JA4 have them. */
final class TlsVersion {
    /** First byte of every version since SSL 3.0. */
    static final int MAJOR = 3;

    static final int TLS_1_3 = 0x0304;
    private static final int DTLS_1_0 = 0xfeff;
    private static final int DTLS_1_2 = 0xfefd;
    private static final int DTLS_1_3 = 0xfefc;
    private static final String UNKNOWN = "00";
    private static final int DRAFT = 0x7f;
    private static final String[] DRAFTS = new String[64];

    static {
        for (int i = 0; i < DRAFTS.length; i++) {
            DRAFTS[i] = "TLS 1.3 draft-" + i;
        }
    }

    private TlsVersion() {}

    static boolean isTls13(int version) {
        return version == TLS_1_3 || isDraft(version);
    }

    /** True for a number that begins as those of TLS and DTLS do. */
    static boolean isKnown(int version) {
        return version >> 8 == MAJOR || isDtls(version) || isDraft(version);
    }

    static String nameOf(int version) {
        return switch (version) {
            case 0x0002 -> "SSLv2";
            case 0x0300 -> "SSLv3";
            case 0x0301 -> "TLSv1";
            case 0x0302 -> "TLS 1.1";
            case 0x0303 -> "TLS 1.2";
            case TLS_1_3 -> "TLS 1.3";
            case DTLS_1_0 -> "DTLS 1.0";
            case DTLS_1_2 -> "DTLS 1.2";
            case DTLS_1_3 -> "DTLS 1.3";
            default -> isDraft(version) ? DRAFTS[version & 0x3f] : "UNDETERMINED";
        };
    }

    /** True for a version of DTLS; they count downwards. */
    static boolean isDtls(int version) {
        return version >> 8 == DtlsPeer.MAJOR;
    }

    /** True if a version came later than another of its kind. */
    static boolean isNewer(int version, int other) {
        return isDtls(version) ? version < other : version > other;
    }

    /** True for a number that stands for a version. */
    static boolean isRegistered(int version) {
        return !ja4(version).equals(UNKNOWN);
    }

    /** The two characters of JA4. */
    static String ja4(int version) {
        return switch (version) {
            case 0x0002 -> "s2";
            case 0x0300 -> "s3";
            case 0x0301 -> "10";
            case 0x0302 -> "11";
            case 0x0303 -> "12";
            case TLS_1_3 -> "13";
            case DTLS_1_0 -> "d1";
            case DTLS_1_2 -> "d2";
            case DTLS_1_3 -> "d3";
            default -> UNKNOWN;
        };
    }

    /** True for a draft of TLS 1.3. */
    static boolean isDraft(int version) {
        return version >> 8 == DRAFT;
    }
}
