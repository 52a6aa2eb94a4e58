// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.capture.packet.Slice;

/** Names the commands that have events, and says how many of their arguments are kept (RFC 9051, 6). */
enum CommandName {
    /** Any other: it has no event. */
    OTHER("", 0),
    LOGIN("LOGIN", 1),
    AUTHENTICATE("AUTHENTICATE", 1),
    STARTTLS("STARTTLS", 0),
    COMPRESS("COMPRESS", 0),
    ID("ID", ImapCommand.MAX_ARGUMENTS),
    SELECT("SELECT", 1),
    EXAMINE("EXAMINE", 1),
    CREATE("CREATE", 1),
    DELETE("DELETE", 1),
    RENAME("RENAME", 2),
    APPEND("APPEND", 1),
    FETCH("FETCH", 0),
    UID_FETCH("UID FETCH", 0),
    LOGOUT("LOGOUT", 0);

    private static final CommandName[] ALL = values();

    private final String label;
    private final int kept;

    CommandName(String label, int kept) {
        this.label = label;
        this.kept = kept;
    }

    /** The command that a line, from its name on, begins with. */
    static CommandName at(Slice text) {
        for (CommandName each : ALL) {
            int length = each.label.length();
            if (length > 0
                    && text.startsWithIgnoreCase(each.label)
                    && (text.length() == length || text.u8(length) == ' ')) {
                return each;
            }
        }
        return OTHER;
    }

    String label() {
        return label;
    }

    /** Arguments kept, from the first. */
    int kept() {
        return kept;
    }

    boolean hasEvent() {
        return this != OTHER;
    }

    /** True if its arguments begin with a mailbox. */
    boolean isOfMailbox() {
        return this != ID && this != LOGIN && this != AUTHENTICATE && kept > 0;
    }
}
