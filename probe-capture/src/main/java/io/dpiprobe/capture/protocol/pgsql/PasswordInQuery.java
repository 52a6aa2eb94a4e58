// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.packet.Slice;

/**
 * Finds where the text of a query goes on with a password: behind the word, as in {@code ALTER ROLE ann PASSWORD 'x'} and in
 * strings that open a connection ({@code password=x}).
 */
final class PasswordInQuery {
    private static final String WORD = "password";

    private PasswordInQuery() {}

    /** The first byte behind the word and the blanks that follow it; the length of the query if it has no password. */
    static int find(Slice query) {
        for (int at = 0; at + WORD.length() < query.length(); at++) {
            if (isWord(query, at)) {
                int next = at + WORD.length();
                while (next < query.length() && query.u8(next) <= ' ') {
                    next++;
                }
                if (next < query.length() && beginsValue(query, next)) {
                    return next;
                }
            }
        }
        return query.length();
    }

    private static boolean isWord(Slice query, int at) {
        for (int i = 0; i < WORD.length(); i++) {
            if ((query.u8(at + i) | 0x20) != WORD.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A string constant of any kind (PostgreSQL, 4.1.2: '', $$, E'', U&''), or an equals sign. */
    private static boolean beginsValue(Slice query, int at) {
        int first = query.u8(at);
        boolean prefixed = (first | 0x20) == 'e' || (first | 0x20) == 'u';
        return first == '\'' || first == '$' || first == '=' || (prefixed && hasQuote(query, at + 1));
    }

    private static boolean hasQuote(Slice query, int from) {
        int to = Math.min(query.length(), from + 2);
        for (int i = from; i < to; i++) {
            if (query.u8(i) == '\'') {
                return true;
            }
        }
        return false;
    }
}
