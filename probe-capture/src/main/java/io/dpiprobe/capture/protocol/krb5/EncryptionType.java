// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

/** Names the encryption types of Kerberos as IANA's registry does, and knows which are deprecated. */
public final class EncryptionType {
    private EncryptionType() {}

    /** The registered name; empty for a number without one. */
    public static String name(int type) {
        return switch (type) {
            case 0 -> "NULL";
            case 1 -> "des-cbc-crc";
            case 2 -> "des-cbc-md4";
            case 3 -> "des-cbc-md5";
            case 5 -> "des3-cbc-md5";
            case 7 -> "des3-cbc-sha1";
            case 9 -> "dsaWithSHA1-CmsOID";
            case 10 -> "md5WithRSAEncryption-CmsOID";
            case 11 -> "sha1WithRSAEncryption-CmsOID";
            case 12 -> "rc2CBC-EnvOID";
            case 13 -> "rsaEncryption-EnvOID";
            case 14 -> "rsaES-OAEP-ENV-OID";
            case 15 -> "des-ede3-cbc-Env-OID";
            case 16 -> "des3-cbc-sha1-kd";
            case 17 -> "aes128-cts-hmac-sha1-96";
            case 18 -> "aes256-cts-hmac-sha1-96";
            case 19 -> "aes128-cts-hmac-sha256-128";
            case 20 -> "aes256-cts-hmac-sha384-192";
            case 23 -> "rc4-hmac";
            case 24 -> "rc4-hmac-exp";
            case 25 -> "camellia128-cts-cmac";
            case 26 -> "camellia256-cts-cmac";
            case 65 -> "subkey-keymaterial";
            default -> "";
        };
    }

    /** Deprecated by RFC 6649 (DES, export RC4) or RFC 8429 (triple DES, RC4). */
    public static boolean isWeak(int type) {
        return switch (type) {
            case 1, 2, 3, 5, 7, 16, 23, 24 -> true;
            default -> false;
        };
    }
}
