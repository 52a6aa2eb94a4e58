// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Keeps what a command says until it is answered. */
final class ImapCommand {
    /** Arguments kept of a command: the thirty fields of an ID and their values (RFC 2971, 3.3). */
    @Bound(of = "arguments of a command", then = "further ones are left out", seen = "probe.truncated")
    static final int MAX_ARGUMENTS = 60;
    /** Bytes kept of the arguments, and of each token of a log-in. */
    @Bound(
            of = "arguments of a command together, and each token of a log-in",
            then = "the rest is left out",
            seen = "probe.truncated",
            unit = Bound.Unit.BYTES)
    static final int MAX_TEXT_BYTES = 4096;
    /** Longest literal kept as an argument: names of users and mailboxes are shorter. */
    @Bound(
            of = "a literal that is an argument",
            then = "it is passed over",
            seen = "probe.truncated",
            unit = Bound.Unit.BYTES)
    static final int MAX_LITERAL_BYTES = 512;

    final ByteStore tag = new ByteStore(1, MAX_TEXT_BYTES);
    final ByteStore arguments = new ByteStore(MAX_ARGUMENTS, MAX_TEXT_BYTES);
    final ByteStore user = new ByteStore(1, MAX_TEXT_BYTES);
    final ByteStore password = new ByteStore(1, MAX_TEXT_BYTES);
    final ByteStore clientToken = new ByteStore(1, MAX_TEXT_BYTES);
    final ByteStore serverToken = new ByteStore(1, MAX_TEXT_BYTES);
    CommandName name = CommandName.OTHER;
    /** Bytes of what is appended. */
    long size;
    /** A password went over the wire as it is, kept or not. */
    boolean clearTextPassword;
    /** Answers of the client to challenges. */
    int answers;

    boolean cut;

    private final Slice word = new Slice();
    private int read;
    private long escaped;

    ImapCommand clear() {
        tag.clear();
        arguments.clear();
        user.clear();
        password.clear();
        clientToken.clear();
        serverToken.clear();
        name = CommandName.OTHER;
        size = 0;
        clearTextPassword = false;
        answers = 0;
        cut = false;
        read = 0;
        escaped = 0;
        return this;
    }

    /** Takes in arguments: the rest of a command line, or the line behind a literal. Lists are taken apart. */
    void onText(Slice text, Session session) {
        int at = 0;
        while (at < text.length() && name.kept() > 0) {
            int c = text.u8(at);
            if (c == '"') {
                at = quoted(text, at + 1, session);
            } else {
                at = isSeparator(c) ? at + 1 : atom(text, at, session);
            }
        }
    }

    private int atom(Slice text, int start, Session session) {
        int end = start;
        while (end < text.length() && !isSeparator(text.u8(end))) {
            end++;
        }
        onArgument(word.wrap(text.buffer(), text.offset() + start, end - start), session);
        return end;
    }

    private int quoted(Slice text, int start, Session session) {
        int end = start;
        boolean escapes = false;
        while (end < text.length() && text.u8(end) != '"') {
            boolean escape = text.u8(end) == '\\';
            escapes |= escape;
            end += escape ? 2 : 1;
        }
        if (end >= text.length()) {
            cut = true; // it has no end: a password may be behind what is meant
            return text.length();
        }
        if (escapes && read < MAX_ARGUMENTS) {
            escaped |= 1L << read;
        }
        onArgument(word.wrap(text.buffer(), text.offset() + start, end - start), session);
        return end + 1;
    }

    /** Takes in one argument. */
    void onArgument(Slice argument, Session session) {
        int index = read++;
        if (index < name.kept()) {
            cut |= !arguments.add(argument);
        } else if (name == CommandName.ID) {
            cut = true;
        } else if (name == CommandName.LOGIN && index == 1) {
            onPassword(argument, session.secrets());
        } else if (name == CommandName.AUTHENTICATE && index == 1) {
            session.shared(SaslAnswers.class, SaslAnswers::new).take(argument, this, session.secrets());
        }
    }

    void onPassword(Slice value, Secrets secrets) {
        clearTextPassword = true;
        if (secrets == Secrets.SHOWN) {
            cut |= !password.add(value);
        }
    }

    /**
     * A literal is next.
     *
     * @return whether it is to be given to {@link #onArgument} as a whole
     */
    boolean onLiteral(long bytes) {
        if (name == CommandName.APPEND && read > 0) {
            size += bytes;
            return false;
        }
        boolean wanted = read < name.kept() || (name == CommandName.LOGIN && read == 1);
        if (wanted && bytes > MAX_LITERAL_BYTES) {
            leaveOut();
            return false;
        }
        return wanted;
    }

    /** Those behind it keep their places. */
    private void leaveOut() {
        cut = true;
        clearTextPassword |= name == CommandName.LOGIN && read == 1;
        if (read++ < name.kept()) {
            word.clear();
            boolean unused = arguments.add(word);
        }
    }

    /** True if the argument at {@code index} has characters with a backslash in front. */
    boolean isEscaped(int index) {
        return (escaped >> index & 1) != 0;
    }

    private static boolean isSeparator(int c) {
        return c == ' ' || c == '(' || c == ')';
    }
}
