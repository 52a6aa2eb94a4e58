// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.capture.packet.Slice;

/** Knows the words by which servers ask for a log-in and refuse it: no RFC has any. Letter case does not matter. */
final class Wording {
    private static final String[] NAME_PROMPTS = {
        "login", "login as", "login id", "login name", "user", "user id", "user name", "userid", "username"
    };
    private static final String[] PASSWORD_PROMPTS = {"passcode", "passphrase", "passwd", "password"};
    /** Of one who is logged in, and has to choose another password. */
    private static final String[] CHANGE_PROMPTS = {"current password", "new password", "old password"};

    private static final String[] REFUSALS = {
        "access denied",
        "authentication fail",
        "authorization fail",
        "bad password",
        "bad username",
        "incorrect login",
        "incorrect password",
        "invalid",
        "login failed",
        "login failure",
        "login incorrect",
        "logon failure",
        "not correct",
        "password error",
        "permission denied",
        "timed out",
        "too many",
        "wrong password"
    };

    private Wording() {}

    static boolean asksForName(Slice line) {
        return endsIn(NAME_PROMPTS, line) && !contains(line, "password for");
    }

    static boolean asksForPassword(Slice line) {
        return endsIn(PASSWORD_PROMPTS, line) || (isPrompt(line) && contains(line, "password for"));
    }

    static boolean asksForChange(Slice line) {
        return endsIn(CHANGE_PROMPTS, line);
    }

    /** True if the line asks for anything. */
    static boolean isPrompt(Slice line) {
        return !line.isEmpty() && line.u8(line.length() - 1) == ':';
    }

    static boolean refuses(Slice line) {
        for (String each : REFUSALS) {
            if (contains(line, each)) {
                return true;
            }
        }
        return false;
    }

    /** True if there is nothing to read: asterisks stand for what was typed. */
    static boolean isBlank(Slice line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.u8(i) != '*' && line.u8(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean endsIn(String[] prompts, Slice line) {
        if (!isPrompt(line)) {
            return false;
        }
        int end = line.length() - 1;
        while (end > 0 && line.u8(end - 1) == ' ') {
            end--;
        }
        for (String each : prompts) {
            int start = end - each.length();
            if (start >= 0 && isAt(line, start, each) && (start == 0 || !isLetter(line.u8(start - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(Slice line, String words) {
        for (int i = 0; i + words.length() <= line.length(); i++) {
            if (isAt(line, i, words)) {
                return true;
            }
        }
        return false;
    }

    /** @param words in lower case */
    private static boolean isAt(Slice line, int start, String words) {
        for (int i = 0; i < words.length(); i++) {
            int c = line.u8(start + i);
            if (words.charAt(i) != (isLetter(c) ? c | 0x20 : c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
}
