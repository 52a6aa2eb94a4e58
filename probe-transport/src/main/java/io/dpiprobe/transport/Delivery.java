// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.BodyWriter;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.EventLines;
import io.dpiprobe.transport.wire.Part;
import io.dpiprobe.transport.wire.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows one batch until it is known what became of each of its events. */
final class Delivery {
    private final Batch batch;
    private final Deque<Part> pending = new ArrayDeque<>();
    private final List<Refused> refused = new ArrayList<>();

    /** Lines of which it is known what became of them. */
    private final BitSet closed = new BitSet();

    /** By line, how often Core had taken something when it first refused this. */
    private final Map<Integer, Long> doubts = new HashMap<>();

    private @Nullable EventLines lines;
    private @Nullable Body body;
    private int acked;
    private int attempts;

    /** An event that Core refuses for good. */
    private record Refused(int line, String reason) {}

    Delivery(Batch batch) {
        this.batch = batch;
        pending.add(new Part(0, batch.count()));
    }

    Batch batch() {
        return batch;
    }

    /** How often the part at hand was sent; counts the attempt that is about to be made. */
    int countAttempt() {
        return ++attempts;
    }

    /** What to send next: the oldest part, cut so that it is no longer than the limit unless it is a single event. */
    Body body(BodyWriter writer, ContentCoding coding, int limitBytes) {
        while (current().count() > 1 && plainBytes(current()) > limitBytes) {
            halve();
        }
        Body known = body;
        if (known == null || known.coding() != coding) {
            known = isWhole(current()) ? writer.whole(batch, coding) : writer.part(lines(), current(), coding);
            body = known;
        }
        return known;
    }

    /** How what was sent last is compressed; none before anything was sent. */
    ContentCoding coding() {
        Body known = body;
        return known == null ? ContentCoding.NONE : known.coding();
    }

    private Part current() {
        return pending.getFirst();
    }

    private boolean isWhole(Part part) {
        return part.count() == batch.count();
    }

    /** Length of the part at hand before compression. */
    int plainBytes() {
        return plainBytes(current());
    }

    private int plainBytes(Part part) {
        return isWhole(part) ? batch.plainLength() : lines().start(part.to()) - lines().start(part.from());
    }

    private EventLines lines() {
        EventLines known = lines;
        if (known == null) {
            known = EventLines.of(batch);
            lines = known;
        }
        return known;
    }

    boolean isSingle() {
        return current().count() == 1;
    }

    /** Sends the first half next, then the other. */
    void halve() {
        Part part = take();
        pending.addFirst(part.secondHalf());
        pending.addFirst(part.firstHalf());
    }

    /**
     * Core refuses every event of the part at hand. Each is given up only if it was refused before and Core took other
     * events in between; the others are sent again later.
     *
     * @param acceptances how often Core took something until now
     * @return events that are in doubt from now on
     */
    int doubt(String reason, long acceptances) {
        Part part = take();
        int doubted = 0;
        int from = part.from();
        for (int line = part.from(); line < part.to(); line++) {
            if (closed.get(line) || isDoubtConfirmed(line, acceptances)) {
                postpone(from, line);
                from = line + 1;
                close(line, Reply.Item.refused(reason));
            } else {
                doubted++;
                doubts.putIfAbsent(line, acceptances);
            }
        }
        postpone(from, part.to());
        return doubted;
    }

    private boolean isDoubtConfirmed(int line, long acceptances) {
        Long since = doubts.get(line);
        return since != null && acceptances > since;
    }

    private void postpone(int from, int to) {
        if (from < to) {
            pending.addLast(new Part(from, to));
        }
    }

    /** Cuts one event out of the middle of the part at hand and sends it next. */
    void isolate() {
        Part part = take();
        int line = part.from() + part.count() / 2;
        if (line + 1 < part.to()) {
            pending.addFirst(new Part(line + 1, part.to()));
        }
        if (part.from() < line) {
            pending.addFirst(new Part(part.from(), line));
        }
        pending.addFirst(new Part(line, line + 1));
    }

    private Part take() {
        body = null;
        attempts = 0;
        return pending.removeFirst();
    }

    /** Whether a reply refuses every event of the part at hand that is still open, one by one. */
    boolean isRefusedBy(Reply reply) {
        if (reply.rejected().isEmpty() && reply.items().isEmpty()) {
            return false;
        }
        Part part = current();
        for (int line = part.from(); line < part.to(); line++) {
            if (!closed.get(line) && fate(reply, part, line).fate() != Reply.Fate.REFUSED) {
                return false;
            }
        }
        return true;
    }

    private Reply.Item fate(Reply reply, Part part, int line) {
        return reply.of(line - part.from(), lines().seq(line));
    }

    /** Counts what Core took of the part at hand, and returns whether that brought it on. */
    boolean accept(Reply reply) {
        Part part = take();
        if (reply.saysNothingOfEvents()) {
            closeAll(part);
            return true;
        }
        int before = closed.cardinality();
        int firstOpen = part.to();
        int lastOpen = part.from();
        for (int line = part.from(); line < part.to(); line++) {
            Reply.Item item = fate(reply, part, line);
            if (item.fate() == Reply.Fate.TAKEN || item.fate() == Reply.Fate.REFUSED) {
                close(line, item);
            } else if (!closed.get(line)) {
                firstOpen = Math.min(firstOpen, line);
                lastOpen = line;
            }
        }
        if (firstOpen < part.to()) {
            // What was taken in between goes along once more: Core knows it, and a request for each would cost more.
            pending.addFirst(new Part(firstOpen, lastOpen + 1));
        }
        return closed.cardinality() > before || lastOpen + 1 - firstOpen < part.count();
    }

    private void closeAll(Part part) {
        int before = closed.cardinality();
        closed.set(part.from(), part.to());
        acked += closed.cardinality() - before;
    }

    private void close(int line, Reply.Item item) {
        if (closed.get(line)) {
            return;
        }
        closed.set(line);
        if (item.fate() == Reply.Fate.TAKEN) {
            acked++;
        } else {
            refused.add(new Refused(line, item.reason()));
        }
    }

    boolean isDone() {
        return pending.isEmpty();
    }

    /** Puts away what was refused, and says what became of the whole batch. */
    Settlement settle(Quarantine quarantine) {
        assert isDone();
        List<Quarantine.Entry> entries = new ArrayList<>(refused.size());
        for (Refused event : refused) {
            entries.add(new Quarantine.Entry(lines().line(event.line()), event.reason()));
        }
        int kept = quarantine.keep(entries);
        return new Settlement(acked, kept, refused.size() - kept);
    }
}
