// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

/** Names the error codes of Kerberos (RFC 4120, 7.5.9). */
final class ErrorCode {
    private static final String[] NAMES = new String[77];

    static {
        from(0, "KDC_ERR_NONE", "KDC_ERR_NAME_EXP", "KDC_ERR_SERVICE_EXP", "KDC_ERR_BAD_PVNO");
        from(4, "KDC_ERR_C_OLD_MAST_KVNO", "KDC_ERR_S_OLD_MAST_KVNO", "KDC_ERR_C_PRINCIPAL_UNKNOWN");
        from(7, "KDC_ERR_S_PRINCIPAL_UNKNOWN", "KDC_ERR_PRINCIPAL_NOT_UNIQUE", "KDC_ERR_NULL_KEY");
        from(10, "KDC_ERR_CANNOT_POSTDATE", "KDC_ERR_NEVER_VALID", "KDC_ERR_POLICY", "KDC_ERR_BADOPTION");
        from(14, "KDC_ERR_ETYPE_NOSUPP", "KDC_ERR_SUMTYPE_NOSUPP", "KDC_ERR_PADATA_TYPE_NOSUPP");
        from(17, "KDC_ERR_TRTYPE_NOSUPP", "KDC_ERR_CLIENT_REVOKED", "KDC_ERR_SERVICE_REVOKED");
        from(20, "KDC_ERR_TGT_REVOKED", "KDC_ERR_CLIENT_NOTYET", "KDC_ERR_SERVICE_NOTYET", "KDC_ERR_KEY_EXPIRED");
        from(24, "KDC_ERR_PREAUTH_FAILED", "KDC_ERR_PREAUTH_REQUIRED", "KDC_ERR_SERVER_NOMATCH");
        from(27, "KDC_ERR_MUST_USE_USER2USER", "KDC_ERR_PATH_NOT_ACCEPTED", "KDC_ERR_SVC_UNAVAILABLE");
        from(31, "KRB_AP_ERR_BAD_INTEGRITY", "KRB_AP_ERR_TKT_EXPIRED", "KRB_AP_ERR_TKT_NYV", "KRB_AP_ERR_REPEAT");
        from(35, "KRB_AP_ERR_NOT_US", "KRB_AP_ERR_BADMATCH", "KRB_AP_ERR_SKEW", "KRB_AP_ERR_BADADDR");
        from(39, "KRB_AP_ERR_BADVERSION", "KRB_AP_ERR_MSG_TYPE", "KRB_AP_ERR_MODIFIED", "KRB_AP_ERR_BADORDER");
        from(44, "KRB_AP_ERR_BADKEYVER", "KRB_AP_ERR_NOKEY", "KRB_AP_ERR_MUT_FAIL", "KRB_AP_ERR_BADDIRECTION");
        from(48, "KRB_AP_ERR_METHOD", "KRB_AP_ERR_BADSEQ", "KRB_AP_ERR_INAPP_CKSUM", "KRB_AP_PATH_NOT_ACCEPTED");
        from(52, "KRB_ERR_RESPONSE_TOO_BIG");
        from(60, "KRB_ERR_GENERIC", "KRB_ERR_FIELD_TOOLONG", "KDC_ERR_CLIENT_NOT_TRUSTED");
        from(63, "KDC_ERR_KDC_NOT_TRUSTED", "KDC_ERR_INVALID_SIG", "KDC_ERR_DH_KEY_PARAMETERS_NOT_ACCEPTED");
        from(66, "KDC_ERR_CERTIFICATE_MISMATCH", "KRB_AP_ERR_NO_TGT", "KDC_ERR_WRONG_REALM");
        from(69, "KRB_AP_ERR_USER_TO_USER_REQUIRED", "KDC_ERR_CANT_VERIFY_CERTIFICATE");
        from(71, "KDC_ERR_INVALID_CERTIFICATE", "KDC_ERR_REVOKED_CERTIFICATE");
        from(73, "KDC_ERR_REVOCATION_STATUS_UNKNOWN", "KDC_ERR_REVOCATION_STATUS_UNAVAILABLE");
        from(75, "KDC_ERR_CLIENT_NAME_MISMATCH", "KDC_ERR_KDC_NAME_MISMATCH");
    }

    private ErrorCode() {}

    /** The name; empty for a number without one. */
    static String name(int code) {
        String name = code >= 0 && code < NAMES.length ? NAMES[code] : null;
        return name == null ? "" : name;
    }

    private static void from(int code, String... names) {
        System.arraycopy(names, 0, NAMES, code, names.length);
    }
}
