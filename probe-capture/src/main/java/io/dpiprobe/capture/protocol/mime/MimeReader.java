// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.mime.TransferDecoder.Encoding;

/**
 * Reads a mail message line by line, however nested (RFC 2045 to 2047): header fields and links go to a
 * {@link MailMessage}, each named part becomes a file. Only header lines are copied.
 */
public final class MimeReader {
    /** Longest name of an attachment: what file systems take. */
    @Bound(
            of = "the name of an attachment",
            then = "it is cut",
            seen = "anomaly MIME_LONG_FILENAME",
            unit = Bound.Unit.BYTES)
    static final int MAX_NAME_BYTES = 255;
    /** Messages inside messages. */
    @Bound(of = "messages inside messages", then = "deeper ones are not taken apart")
    static final int MAX_MESSAGES = 8;

    /** Longest line a message may have (RFC 5322, 2.1.1). */
    private static final int MAX_LINE = 998;
    /** Longest line of an encoding that makes lines (RFC 2045, 6.7 and 6.8). */
    private static final int MAX_ENCODED_LINE = 76;
    /** Decoded bytes that are passed on at once. */
    private static final int CONTENT_BYTES = 4096;

    private final FileTracker file;
    private final Direction direction;
    private final FileCarrier carrier;
    private final HeaderBuffer header = new HeaderBuffer();
    private final PartHeader part = new PartHeader();
    private final Boundaries boundaries = new Boundaries();
    private final TransferDecoder decoder = new TransferDecoder(this::onContent, CONTENT_BYTES);
    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final UrlScanner links = new UrlScanner();
    private MailMessage message = new MailMessage();
    private State state = State.HEADER;
    private End fileEnd = End.COMPLETE;
    private boolean ownHeader;
    private boolean scanning;
    private boolean named;
    private boolean longLine;
    private boolean longEncodedLine;
    private int messages;

    private enum State {
        HEADER,
        BODY,
        /** Before the first part of a multipart, or behind its last. */
        BETWEEN
    }

    /** @param carrier says how the files were carried, in their events */
    public MimeReader(Direction direction, FileCarrier carrier) {
        this.direction = direction;
        this.file = new FileTracker(direction);
        this.carrier = carrier;
    }

    /** A message begins. */
    public void begin(MailMessage into) {
        message = into;
        message.begin();
        boundaries.clear();
        ownHeader = true;
        messages = 1;
        longLine = false;
        longEncodedLine = false;
        beginHeader();
    }

    /**
     * Takes the next line, without its end, or a piece of a long one.
     *
     * @param begins whether the line begins with this piece
     * @param ends whether the line ends with this piece
     */
    public void onLine(Slice line, boolean begins, boolean ends, Session session) {
        int level = begins && ends ? boundaries.match(line) : Boundaries.NONE;
        if (level != Boundaries.NONE) {
            onBoundary(level);
        } else if (state == State.HEADER) {
            onHeaderLine(line, begins, session);
        } else if (state == State.BODY) {
            checkLength(line, session);
            decoder.onLine(line, ends);
        }
    }

    /** Long lines are said once per message. */
    private void checkLength(Slice line, Session session) {
        if (line.length() > MAX_ENCODED_LINE && part.encoding() != Encoding.IDENTITY && !longEncodedLine) {
            longEncodedLine = true;
            anomaly("MIME_LONG_ENC_LINE", session);
        }
        if (line.length() > MAX_LINE && !longLine) {
            longLine = true;
            anomaly("MIME_LONG_LINE", session);
        }
    }

    /** What was sent is known with the packet that acknowledges it, and EVE shows that one's direction. */
    private void anomaly(String event, Session session) {
        session.anomaly(direction.opposite(), event, carrier.transaction());
    }

    /** So many bytes were lost. */
    public void onLost(long bytes) {
        if (state == State.BODY && named) {
            file.onLost(bytes);
        }
    }

    /** The message is over. Its last file is reported by {@link #reportFile}. */
    public void end(End end) {
        if (state == State.HEADER) {
            onField();
        }
        endBody(end);
        state = State.BETWEEN;
    }

    /** Writes the event of the file that ended last, if that is still to do. */
    public void reportFile(Session session) {
        file.close(fileEnd, carrier, session);
    }

    private void beginHeader() {
        state = State.HEADER;
        header.clear();
        part.clear();
    }

    private void onBoundary(int level) {
        if (state == State.HEADER) {
            onField();
        }
        endBody(End.COMPLETE);
        ownHeader = false;
        if (boundaries.isClosing()) {
            boundaries.cut(level);
            state = State.BETWEEN;
        } else {
            boundaries.cut(level + 1);
            beginHeader();
        }
    }

    private void onHeaderLine(Slice line, boolean begins, Session session) {
        boolean folded = !line.isEmpty() && (line.u8(0) == ' ' || line.u8(0) == '\t');
        if (!begins || (folded && !header.isEmpty())) {
            header.append(line);
            return;
        }
        onField();
        if (line.isEmpty()) {
            onHeaderEnd(session);
        } else {
            header.append(line);
        }
    }

    private void onField() {
        if (header.split(name, value)) {
            part.onField(name, value);
            if (ownHeader) {
                message.onField(name, value);
            }
        }
        header.clear();
    }

    private void onHeaderEnd(Session session) {
        ownHeader = false;
        Slice fileName = part.fileName();
        if (!fileName.isEmpty()) {
            message.onAttachment(fileName);
        }
        if (part.isNameCut()) {
            anomaly("MIME_LONG_FILENAME", session);
        }
        if (part.isBoundaryCut()) {
            anomaly("MIME_LONG_BOUNDARY", session);
        }
        if (part.isMultipart() && boundaries.push(part.boundary())) {
            state = State.BETWEEN;
        } else if (part.isMessage() && messages < MAX_MESSAGES) {
            messages++;
            beginHeader();
        } else {
            beginBody(fileName, session);
        }
    }

    private void beginBody(Slice fileName, Session session) {
        state = State.BODY;
        scanning = part.isText() || part.encoding() != Encoding.BASE64;
        decoder.begin(part.encoding());
        links.begin(message.urls());
        named = !fileName.isEmpty();
        if (named) {
            reportFile(session);
            file.open(fileName, session);
        }
    }

    private void onContent(Slice content) {
        if (named) {
            file.onContent(content);
        }
        if (scanning) {
            links.onText(content);
        }
    }

    private void endBody(End end) {
        if (state == State.BODY) {
            decoder.end();
            links.end();
            fileEnd = named ? end : fileEnd;
        }
    }
}
