// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.protocol.asn1.Der;

/** Names the operations of LDAP by their tags (RFC 4511, 4.2 to 4.13). */
final class Operation {
    static final int BIND_REQUEST = 0x60;
    static final int BIND_RESPONSE = 0x61;
    static final int UNBIND_REQUEST = 0x42;
    static final int SEARCH_REQUEST = 0x63;
    static final int SEARCH_RESULT_ENTRY = 0x64;
    static final int SEARCH_RESULT_DONE = 0x65;
    static final int SEARCH_RESULT_REFERENCE = 0x73;
    static final int MODIFY_REQUEST = 0x66;
    static final int MODIFY_RESPONSE = 0x67;
    static final int ADD_REQUEST = 0x68;
    static final int ADD_RESPONSE = 0x69;
    static final int DEL_REQUEST = 0x4a;
    static final int DEL_RESPONSE = 0x6b;
    static final int MOD_DN_REQUEST = 0x6c;
    static final int MOD_DN_RESPONSE = 0x6d;
    static final int COMPARE_REQUEST = 0x6e;
    static final int COMPARE_RESPONSE = 0x6f;
    static final int ABANDON_REQUEST = 0x50;
    static final int EXTENDED_REQUEST = 0x77;
    static final int EXTENDED_RESPONSE = 0x78;
    static final int INTERMEDIATE_RESPONSE = 0x79;

    private Operation() {}

    /** The name; empty for a tag that is no operation. */
    static String name(int tag) {
        String request = requestName(tag);
        return request.isEmpty() ? responseName(tag) : request;
    }

    static boolean isRequest(int tag) {
        return !requestName(tag).isEmpty();
    }

    /** True if no answer comes (RFC 4511, 4.3 and 4.11). */
    static boolean isUnanswered(int tag) {
        return tag == UNBIND_REQUEST || tag == ABANDON_REQUEST;
    }

    /** True if this answer ends its operation. */
    static boolean isFinal(int tag) {
        return switch (tag) {
            case SEARCH_RESULT_ENTRY, SEARCH_RESULT_REFERENCE, INTERMEDIATE_RESPONSE -> false;
            default -> true;
        };
    }

    /** The tag that the content of this operation begins with; zero if there is no rule. */
    static int firstTag(int tag) {
        return switch (tag) {
            case BIND_REQUEST -> Der.INTEGER;
            case SEARCH_REQUEST, MODIFY_REQUEST, ADD_REQUEST, MOD_DN_REQUEST, COMPARE_REQUEST -> Der.OCTET_STRING;
            case SEARCH_RESULT_ENTRY, SEARCH_RESULT_REFERENCE -> Der.OCTET_STRING;
            case EXTENDED_REQUEST -> Text.CONTEXT_STRING_0;
            case UNBIND_REQUEST, DEL_REQUEST, ABANDON_REQUEST, INTERMEDIATE_RESPONSE -> 0;
            default -> Der.ENUMERATED;
        };
    }

    private static String requestName(int tag) {
        return switch (tag) {
            case BIND_REQUEST -> "bind_request";
            case UNBIND_REQUEST -> "unbind_request";
            case SEARCH_REQUEST -> "search_request";
            case MODIFY_REQUEST -> "modify_request";
            case ADD_REQUEST -> "add_request";
            case DEL_REQUEST -> "del_request";
            case MOD_DN_REQUEST -> "mod_dn_request";
            case COMPARE_REQUEST -> "compare_request";
            case ABANDON_REQUEST -> "abandon_request";
            case EXTENDED_REQUEST -> "extended_request";
            default -> "";
        };
    }

    private static String responseName(int tag) {
        return switch (tag) {
            case BIND_RESPONSE -> "bind_response";
            case SEARCH_RESULT_ENTRY -> "search_result_entry";
            case SEARCH_RESULT_DONE -> "search_result_done";
            case SEARCH_RESULT_REFERENCE -> "search_result_reference";
            case MODIFY_RESPONSE -> "modify_response";
            case ADD_RESPONSE -> "add_response";
            case DEL_RESPONSE -> "del_response";
            case MOD_DN_RESPONSE -> "mod_dn_response";
            case COMPARE_RESPONSE -> "compare_response";
            case EXTENDED_RESPONSE -> "extended_response";
            case INTERMEDIATE_RESPONSE -> "intermediate_response";
            default -> "";
        };
    }
}
