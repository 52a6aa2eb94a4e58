// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.text.ByteStore;
import io.dpiprobe.capture.protocol.text.LineReader;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;

/**
 * Follows an IMAP connection (RFC 9051) until it changes to TLS, or the client does anything but ask what the server can
 * do. Writes nothing: what it is after is the TLS behind {@code STARTTLS}.
 */
final class ImapDissector implements Dissector {
    @Bound(of = "a line", then = "it is passed over", unit = Bound.Unit.BYTES)
    private static final int MAX_LINE_BYTES = 2048;

    private static final String[] HARMLESS = {"CAPABILITY", "NOOP", "ID ", "ENABLE "};

    private final LineReader commandLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final LineReader responseLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final ByteStore tag = new ByteStore(1, MAX_LINE_BYTES);
    private final Slice line = new Slice();
    private final Slice word = new Slice();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (from == Direction.TO_SERVER) {
            if (commandLines.next(in, line)) {
                onCommand(session);
            }
        } else if (responseLines.next(in, line) && !tag.isEmpty()) {
            onResponse(session);
        }
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        session.finished();
        return Verdict.OK;
    }

    @Override
    public void reset() {
        commandLines.reset();
        responseLines.reset();
        tag.clear();
    }

    private void onCommand(Session session) {
        word.wrap(line.buffer(), line.offset(), wordLength());
        line.advance(Math.min(line.length(), word.length() + 1));
        if (line.startsWithIgnoreCase("STARTTLS")) {
            tag.clear();
            boolean unused = tag.add(word);
        } else if (!isHarmless()) {
            session.finished();
        }
    }

    /** {@code tag OK ...} answers the command of that tag. */
    private void onResponse(Session session) {
        Slice asked = tag.get(0, word);
        int length = asked.length();
        for (int i = 0; i < length; i++) {
            if (i >= line.length() || line.u8(i) != asked.u8(i)) {
                return;
            }
        }
        line.advance(length);
        tag.clear();
        if (line.startsWithIgnoreCase(" OK")) {
            session.handOver("tls");
        }
    }

    private boolean isHarmless() {
        for (String each : HARMLESS) {
            if (line.startsWithIgnoreCase(each)) {
                return true;
            }
        }
        return false;
    }

    private int wordLength() {
        int length = 0;
        while (length < line.length() && line.u8(length) != ' ') {
            length++;
        }
        return length;
    }
}
