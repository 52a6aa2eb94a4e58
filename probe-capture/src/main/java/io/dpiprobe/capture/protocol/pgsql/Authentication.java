// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

/** Names what a server says of authentication, by the number its message begins with (53.7). */
final class Authentication {
    static final int OK = 0;
    static final int CLEARTEXT_PASSWORD = 3;
    static final int MD5_PASSWORD = 5;
    static final int SASL = 10;
    static final int SASL_CONTINUE = 11;
    static final int SASL_FINAL = 12;

    private Authentication() {}

    /** What the client's next message of the type "password" is. */
    static Request asksFor(int code) {
        return switch (code) {
            case CLEARTEXT_PASSWORD, MD5_PASSWORD -> Request.PASSWORD;
            case SASL -> Request.SASL_INITIAL;
            case SASL_CONTINUE -> Request.SASL_RESPONSE;
            default -> Request.NONE;
        };
    }

    /** Empty for what is not told in words. */
    static String message(int code) {
        return switch (code) {
            case OK -> "authentication_ok";
            case 2 -> "authentication_kerberos_v5";
            case CLEARTEXT_PASSWORD -> "authentication_cleartext_password";
            case 6 -> "authentication_scm_credential";
            case 7 -> "authentication_gss";
            case 8 -> "authentication_gss_continue";
            case 9 -> "authentication_sspi";
            case SASL -> "authentication_sasl";
            case SASL_CONTINUE -> "authentication_sasl_continue";
            default -> "";
        };
    }
}
