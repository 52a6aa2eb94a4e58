// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Keeps one command and the replies to it until its event is written. */
final class FtpTransaction {
    /** Reply lines kept: the help and feature lists of common servers are shorter. */
    @Bound(of = "lines of a reply", then = "further ones are left out", seen = "ftp.reply_truncated")
    static final int MAX_REPLY_LINES = 256;
    /** Bytes of reply lines kept, so that the event stays well under its own limit. */
    @Bound(
            of = "lines of a reply together",
            then = "further ones are left out",
            seen = "ftp.reply_truncated",
            unit = Bound.Unit.BYTES)
    static final int MAX_REPLY_BYTES = 16 * 1024;

    private static final int CODE_LENGTH = 3;

    final Slice text = new Slice();
    final ByteStore request = new ByteStore(2, 2 * FtpDissector.MAX_LINE_BYTES);
    final ByteStore codes = new ByteStore(MAX_REPLY_LINES, MAX_REPLY_LINES * CODE_LENGTH);
    final ByteStore replies = new ByteStore(MAX_REPLY_LINES, MAX_REPLY_BYTES);
    FtpCommand command = FtpCommand.OTHER;
    boolean requestCut;
    boolean repliesCut;
    boolean answered;
    boolean argumentSecret;
    int dynamicPort;

    FtpTransaction clear() {
        request.clear();
        codes.clear();
        replies.clear();
        command = FtpCommand.OTHER;
        requestCut = false;
        repliesCut = false;
        answered = false;
        argumentSecret = false;
        dynamicPort = 0;
        return this;
    }

    /**
     * Takes in a command line: a word, and what follows it.
     *
     * @param secrets whether what follows is kept when it is a secret
     * @param guest whether the user needs no password, so that what is sent as one is none (RFC 1635, 2)
     */
    void onCommand(Slice line, boolean cut, Secrets secrets, boolean guest) {
        int word = 0;
        while (word < line.length() && line.u8(word) != ' ') {
            word++;
        }
        text.wrap(line.buffer(), line.offset(), word);
        command = FtpCommand.of(text);
        request.add(text);
        text.wrap(line.buffer(), line.offset() + word, line.length() - word).trim();
        argumentSecret = command.isSecret() && !(guest && command == FtpCommand.PASS) && !text.isEmpty();
        if (!text.isEmpty() && (!argumentSecret || secrets == Secrets.SHOWN)) {
            request.add(text);
        }
        requestCut = cut;
    }

    /** The argument of the command; empty if there is none, or it is a secret that was not kept. */
    Slice argument() {
        if (request.count() < 2) {
            text.clear();
            return text;
        }
        return request.get(1, text);
    }

    /**
     * Takes in a reply line.
     *
     * @param coded its first three characters are the code; in all lines of a reply but the last they are text
     */
    void onReply(Slice line, boolean coded, boolean cut) {
        if (coded) {
            text.wrap(line.buffer(), line.offset(), CODE_LENGTH);
            repliesCut |= !codes.add(text);
            int from = Math.min(line.length(), CODE_LENGTH + 1);
            text.wrap(line.buffer(), line.offset() + from, line.length() - from);
        } else {
            text.wrap(line.buffer(), line.offset(), line.length());
        }
        if (!text.isEmpty()) {
            repliesCut |= !replies.add(text);
        }
        repliesCut |= cut;
    }
}
