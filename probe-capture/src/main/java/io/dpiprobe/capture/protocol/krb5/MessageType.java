// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

/** Names the messages of Kerberos (RFC 4120, 7.5.7); each is also the number of its application tag. */
final class MessageType {
    static final int AS_REQ = 10;
    static final int AS_REP = 11;
    static final int TGS_REQ = 12;
    static final int TGS_REP = 13;
    static final int AP_REQ = 14;
    static final int AP_REP = 15;
    static final int ERROR = 30;

    /** Class application, constructed (X.690, 8.1.2). */
    private static final int APPLICATION = 0x60;

    private MessageType() {}

    /** The type whose application tag this is; -1 if it is none of them. */
    static int ofTag(int tag) {
        int type = tag - APPLICATION;
        return type == ERROR || (type >= AS_REQ && type <= AP_REP) ? type : -1;
    }

    static boolean isRequest(int type) {
        return type == AS_REQ || type == TGS_REQ || type == AP_REQ;
    }

    static String name(int type) {
        return switch (type) {
            case AS_REQ -> "KRB_AS_REQ";
            case AS_REP -> "KRB_AS_REP";
            case TGS_REQ -> "KRB_TGS_REQ";
            case TGS_REP -> "KRB_TGS_REP";
            case AP_REQ -> "KRB_AP_REQ";
            case AP_REP -> "KRB_AP_REP";
            case ERROR -> "KRB_ERROR";
            default -> "UNKNOWN";
        };
    }
}
