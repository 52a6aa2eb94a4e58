// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.buffer.Bound;

/** Remembers the commands whose replies are still to come, in order (RFC 2920). */
final class PendingReplies {
    /** Commands sent ahead: clients stay well below what a window takes. A power of two. */
    @Bound(of = "commands sent ahead of their replies", then = "the oldest is forgotten")
    static final int CAPACITY = 128;

    private static final int COMPLETES = 0x80;

    private final byte[] commands = new byte[CAPACITY];
    private int first;
    private int count;

    void clear() {
        first = 0;
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds a command; the oldest is forgotten if there are too many. */
    void add(SmtpCommand command, boolean completesTransaction) {
        if (count == CAPACITY) {
            removeFirst();
        }
        int value = command.ordinal() | (completesTransaction ? COMPLETES : 0);
        commands[(first + count) & (CAPACITY - 1)] = (byte) value;
        count++;
    }

    /** The command that the next reply answers; {@link SmtpCommand#OTHER} if there is none. */
    SmtpCommand first() {
        return count == 0 ? SmtpCommand.OTHER : SmtpCommand.at(commands[first] & ~COMPLETES & 0xff);
    }

    /** True if the reply to the first command completes a transaction. */
    boolean firstCompletes() {
        return count > 0 && (commands[first] & COMPLETES) != 0;
    }

    /** Forgets what was sent before this command, whose reply is at hand; the replies to it were lost. */
    void skipTo(SmtpCommand command) {
        for (int i = 0; i < count; i++) {
            if (SmtpCommand.at(commands[(first + i) & (CAPACITY - 1)] & ~COMPLETES & 0xff) == command) {
                first = (first + i) & (CAPACITY - 1);
                count -= i;
                return;
            }
        }
    }

    void removeFirst() {
        if (count > 0) {
            first = (first + 1) & (CAPACITY - 1);
            count--;
        }
    }
}
