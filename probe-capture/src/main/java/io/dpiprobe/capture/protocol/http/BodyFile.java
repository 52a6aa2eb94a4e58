// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.dns.DnsOverHttp;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import org.jspecify.annotations.Nullable;

/** Follows the file that the body of one message is, from its first byte on. Used again for other bodies. */
final class BodyFile implements FileCarrier, ContentConsumer {
    private final FileTracker file;
    private final ContentDecoder decoder = new ContentDecoder();
    private final ContentRange range = new ContentRange();
    private final FileName name = new FileName();
    private final HttpEvent event = new HttpEvent();
    private final Slice value = new Slice();
    private final Slice other = new Slice();
    private final HttpField disposition;
    private final HttpField encoding;
    private final HttpField type;
    private Transaction transaction = new Transaction();
    private final Multipart multipart;
    private @Nullable JoinedRanges ranges;
    private boolean wanted;
    private boolean dns;
    private boolean parts;

    BodyFile(Direction direction) {
        boolean request = direction == Direction.TO_SERVER;
        file = new FileTracker(direction);
        multipart = new Multipart(file, name);
        disposition = request ? HttpField.REQUEST_DISPOSITION : HttpField.CONTENT_DISPOSITION;
        type = request ? HttpField.REQUEST_CONTENT_TYPE : HttpField.CONTENT_TYPE;
        encoding = request ? HttpField.REQUEST_ENCODING : HttpField.CONTENT_ENCODING;
    }

    /**
     * A body begins.
     *
     * @param ranges where it is added if it is a range of a file
     */
    void begin(Transaction transaction, @Nullable JoinedRanges ranges, Session session) {
        this.transaction = transaction;
        this.ranges = ranges;
        dns = session.wants(EventType.DNS) && DnsOverHttp.isMediaType(transaction.fields.get(type, value));
        wanted = dns || session.wants(EventType.FILEINFO);
        if (dns) {
            transaction.dns().begin(session);
        }
        if (wanted) {
            parts = encoding == HttpField.REQUEST_ENCODING
                    && multipart.begin(transaction.fields.get(HttpField.REQUEST_CONTENT_TYPE, value));
            decoder.begin(transaction.fields.get(encoding, value), this, session);
        }
    }

    void onContent(Slice content, Session session) {
        if (wanted && !content.isEmpty()) {
            decoder.onContent(content, session);
        }
    }

    void onLost(long bytes, Session session) {
        if (wanted) {
            if (!parts) {
                open(session);
            }
            if (dns) {
                dns = false;
                transaction.dns().clear();
            }
            decoder.onLost(session);
            file.onLost(bytes);
            if (ranges != null) {
                ranges.onLost();
            }
        }
    }

    /** The body is over. */
    void end(End end, Session session) {
        if (wanted) {
            decoder.finish(session);
            file.close(decoder.isCutShort() ? End.CUT_SHORT : end, this, session);
            decoder.end(session);
            if (ranges != null) {
                ranges.end(this, session);
                ranges = null;
            }
            wanted = false;
        }
    }

    @Override
    public void onDecoded(Slice content, Session session) {
        if (parts) {
            multipart.onContent(content, this, session);
            return;
        }
        open(session);
        file.onContent(content);
        if (ranges != null) {
            ranges.onContent(content);
        }
        if (dns) {
            transaction.dns().onContent(content);
        }
    }

    @Override
    public String protocol() {
        return "http";
    }

    @Override
    public long transaction() {
        return transaction.number;
    }

    @Override
    public void write(JsonWriter json) {
        event.writeObject(transaction, json);
        boolean unused = transaction.hasDns() && transaction.dns().write(json);
    }

    private void open(Session session) {
        if (file.isOpen()) {
            return;
        }
        Slice named = name.ofDisposition(transaction.fields.get(disposition, value));
        if (named.isEmpty()) {
            named = name.ofPath(transaction.fields.get(HttpField.URL, value));
        }
        file.open(named, session);
        if (disposition == HttpField.CONTENT_DISPOSITION
                && range.read(transaction.fields.get(HttpField.CONTENT_RANGE, value))
                && transaction.status == FollowedBody.PARTIAL_CONTENT
                && range.isPart()) {
            file.range(range.start(), range.end());
            beginRange(named, session);
        }
    }

    private void beginRange(Slice named, Session session) {
        if (ranges != null) {
            Slice host = transaction.fields.get(HttpField.HOST, value);
            Slice url = transaction.fields.get(HttpField.URL, other);
            ranges.begin(range, JoinedRanges.resource(host, url), named, session);
        }
    }
}
