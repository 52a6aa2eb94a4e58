// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.mime.MailMessage;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Keeps one command and the response to it until its event is written. */
final class Pop3Transaction {
    /** Words kept of a command: none has more than three. */
    @Bound(of = "words of a command", then = "further ones are shown as secret")
    static final int MAX_WORDS = 8;
    /** Lines kept of a response: listings of large mailboxes are cut. */
    @Bound(of = "lines of a response", then = "further ones are left out", seen = "probe.truncated")
    static final int MAX_DATA_LINES = 256;
    /** Bytes kept of the lines of a response. */
    @Bound(
            of = "lines of a response together",
            then = "further ones are left out",
            seen = "probe.truncated",
            unit = Bound.Unit.BYTES)
    static final int MAX_DATA_BYTES = 16 * 1024;

    final ByteStore words = new ByteStore(MAX_WORDS, Pop3Dissector.MAX_LINE_BYTES);
    final ByteStore header = new ByteStore(1, Pop3Dissector.MAX_LINE_BYTES);
    final ByteStore data = new ByteStore(MAX_DATA_LINES, MAX_DATA_BYTES);
    final MailMessage message = new MailMessage();
    long number;
    boolean withheld;
    boolean answersChallenge;
    boolean answered;
    boolean success;
    boolean cut;

    private final Slice word = new Slice();
    private Kind kind = Kind.OTHER;

    /** What a command asks for. */
    enum Kind {
        OTHER,
        /** A response of one line or, without arguments, of several. */
        LISTING,
        /** A response of several lines. */
        LINES,
        MESSAGE,
        START_TLS,
        AUTHENTICATION,
        PASSWORD
    }

    Pop3Transaction clear(long number) {
        this.number = number;
        words.clear();
        header.clear();
        data.clear();
        message.clear();
        withheld = false;
        answersChallenge = false;
        answered = false;
        success = false;
        cut = false;
        kind = Kind.OTHER;
        return this;
    }

    /**
     * Takes in a command line.
     *
     * @param secrets whether what is secret of it is kept
     */
    void onCommand(Slice line, Secrets secrets) {
        int at = 0;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && line.u8(end) != ' ') {
                end++;
            }
            if (end > at) {
                word.wrap(line.buffer(), line.offset() + at, end - at);
                onWord(secrets);
            }
            at = end + 1;
        }
    }

    /**
     * Takes in what answers a challenge.
     *
     * @param secrets whether it is kept
     */
    void onSecretLine(Slice line, Secrets secrets) {
        if (secrets == Secrets.SHOWN) {
            cut |= !words.add(line);
        }
        answersChallenge = true;
        kind = Kind.AUTHENTICATION;
    }

    private void onWord(Secrets secrets) {
        if (words.isEmpty()) {
            kind = kindOf(word);
        }
        // PASS password; APOP name digest; AUTH mechanism initial-response (RFC 5034, 4)
        int clear = kind == Kind.PASSWORD ? 1 : kind == Kind.AUTHENTICATION ? 2 : MAX_WORDS;
        if (words.count() < clear || secrets == Secrets.SHOWN) {
            cut |= !words.add(word);
        } else {
            withheld = true;
        }
    }

    private static Kind kindOf(Slice command) {
        if (command.equalsIgnoreCase("RETR")) {
            return Kind.MESSAGE;
        } else if (command.equalsIgnoreCase("LIST") || command.equalsIgnoreCase("UIDL")) {
            return Kind.LISTING;
        } else if (command.equalsIgnoreCase("TOP") || command.equalsIgnoreCase("CAPA")) {
            return Kind.LINES;
        } else if (command.equalsIgnoreCase("PASS")) {
            return Kind.PASSWORD;
        } else if (command.equalsIgnoreCase("AUTH") || command.equalsIgnoreCase("APOP")) {
            return Kind.AUTHENTICATION;
        }
        return command.equalsIgnoreCase("STLS") ? Kind.START_TLS : Kind.OTHER;
    }

    Kind kind() {
        return kind;
    }

    /** True if lines follow a positive response. */
    boolean hasData() {
        boolean alone = words.count() == 1;
        return kind == Kind.MESSAGE || kind == Kind.LINES || (kind == Kind.LISTING && alone);
    }
}
