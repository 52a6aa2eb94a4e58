// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.mime.MimeReader;
import io.dpiprobe.capture.protocol.text.LineReader;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;

/** Reads the message of a transaction as it is sent: after {@code DATA}, or in the chunks of {@code BDAT}. */
final class MessageBody {
    /** Longest line looked at whole: four times what may be sent (RFC 5321, 4.5.3.1.6). */
    @Bound(of = "a line of a mail", then = "it is read in pieces", unit = Bound.Unit.BYTES)
    static final int MAX_LINE_BYTES = 4096;

    private final LineReader lines = new LineReader(MAX_LINE_BYTES, TooLong.IN_PIECES);
    private final MimeReader mime;
    private final SmtpEvent event;
    private final Slice line = new Slice();
    private SmtpTransaction transaction = new SmtpTransaction();
    private long chunkLeft;
    private boolean begun;
    private boolean lineOpen;

    MessageBody(SmtpEvent event) {
        this.event = event;
        this.mime = new MimeReader(Direction.TO_SERVER, event);
    }

    void reset() {
        lines.reset();
        chunkLeft = 0;
        begun = false;
        lineOpen = false;
    }

    /** True once a line of the message was read. */
    boolean isBegun() {
        return begun;
    }

    /** The message of this transaction comes next. */
    void expect(SmtpTransaction transaction) {
        if (!begun) {
            this.transaction = transaction;
            lines.reset();
            lineOpen = false;
        }
    }

    /** A chunk of the message comes next, of so many bytes. */
    void expectChunk(SmtpTransaction transaction, long bytes) {
        expect(transaction);
        chunkLeft = bytes;
    }

    /**
     * Reads the next line behind {@code DATA}.
     *
     * @return true if it was the one that ends the message
     */
    boolean readLine(Cursor in, Session session) {
        if (!lines.next(in, line)) {
            return false;
        }
        boolean dot = lines.begins() && !line.isEmpty() && line.u8(0) == '.';
        if (dot && line.length() == 1 && !lines.wasCut()) {
            begin(session);
            return true;
        }
        if (dot) {
            line.advance(1); // RFC 5321, 4.5.2
        }
        begin(session);
        mime.onLine(line, lines.begins(), !lines.wasCut(), session);
        return false;
    }

    /**
     * Reads the next line of a chunk, or what there is of it when the chunk ends.
     *
     * @return true if the chunk has ended
     */
    boolean readChunk(Cursor in, Session session) {
        int atHand = (int) Math.min(chunkLeft, Math.min(MAX_LINE_BYTES, in.remaining()));
        int end = in.indexOf((byte) '\n', atHand);
        if (end < 0 && atHand < chunkLeft && atHand < MAX_LINE_BYTES) {
            in.needMore();
            return false;
        }
        int length = end < 0 ? atHand : end;
        in.slice(length, line);
        in.skip(end < 0 ? 0 : 1);
        chunkLeft -= end < 0 ? length : length + 1;
        if (end >= 0 && length > 0 && line.u8(length - 1) == '\r') {
            line.wrap(line.buffer(), line.offset(), length - 1);
        }
        if (length > 0 || end >= 0) {
            begin(session);
            mime.onLine(line, !lineOpen, end >= 0, session);
            lineOpen = end < 0;
        }
        return chunkLeft == 0;
    }

    /** So many bytes of the message were lost; some more of the chunk are left, or not. */
    boolean onLost(long bytes) {
        lines.reset();
        chunkLeft = Math.max(0, chunkLeft - bytes);
        mime.onLost(bytes);
        return chunkLeft == 0;
    }

    /** The message is over, if one was begun. Its last file is reported with the reply, or before another message. */
    void end(End how) {
        if (begun) {
            mime.end(how);
        }
        reset();
    }

    /** True if the message that ended last is of this transaction. */
    boolean isOf(SmtpTransaction other) {
        return !begun && transaction == other;
    }

    /** Reports the last file of the message that has ended. */
    void report(Session session) {
        event.carry(transaction);
        mime.reportFile(session);
    }

    private void begin(Session session) {
        if (!begun) {
            begun = true;
            mime.reportFile(session);
            mime.begin(transaction.message);
        }
        event.carry(transaction);
    }
}
