// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one file that were read or written into one sequence. Reused. */
final class FileContent {
    private final FileTracker written = new FileTracker(Direction.TO_SERVER);
    private final FileTracker read = new FileTracker(Direction.TO_CLIENT);
    private final Entropy entropy = new Entropy();
    private final Slice fresh = new Slice();
    private final Slice part = new Slice();
    private @Nullable HeldParts held;
    private FileTracker tracker = written;
    /** Where the bytes that were seen end, and where those of the part at hand go. */
    private long end;

    private long position;
    private boolean holding;

    /** Begins a file whose bytes come from one side. */
    void open(Direction from, Slice name, Session session) {
        tracker = from == Direction.TO_SERVER ? written : read;
        tracker.open(name, session);
        entropy.clear();
        end = 0;
        position = 0;
        holding = false;
    }

    /** Says that the next bytes follow what there was: so it is in a pipe, where all offsets are zero. */
    void append() {
        position = end;
    }

    /** Says where in the file the next bytes belong; parts that come too early are held, while there is room. */
    void seek(long offset, long length, Session session) {
        position = offset;
        holding = offset > end && hold(offset, length, session);
        if (!holding && offset > end) {
            release(offset, session);
            lose(offset);
        }
    }

    /** Takes the next bytes; what was there before is not taken twice. */
    void onBytes(Slice bytes, Session session) {
        if (holding) {
            held().append(bytes);
            return;
        }
        take(bytes);
        release(end, session);
    }

    void onLost(long bytes, Session session) {
        if (holding) {
            return; // the part stays as long as it is, and what is missing shows when it is its turn
        }
        position += bytes;
        if (position > end) {
            lose(position);
            release(end, session);
        }
    }

    /** Of what was written; of what is read nothing is measured. */
    Entropy entropy() {
        return entropy;
    }

    /** Shows what is held, whatever is missing between: nothing more will come. */
    void drain(Session session) {
        holding = false;
        release(HeldParts.NONE - 1, session);
    }

    void close(FileTracker.End how, FileCarrier carrier, Session session) {
        tracker.close(how, carrier, session);
    }

    private boolean hold(long offset, long length, Session session) {
        return held().begin(offset, length, session.buffers());
    }

    private HeldParts held() {
        HeldParts parts = held;
        if (parts == null) {
            parts = new HeldParts();
            held = parts;
        }
        return parts;
    }

    /** Shows the parts that begin up to an offset. */
    private void release(long upTo, Session session) {
        HeldParts parts = held;
        while (parts != null && parts.first() <= Math.max(upTo, end)) {
            if (parts.first() > end) {
                lose(parts.first());
            }
            position = parts.first();
            parts.take(part, session.buffers());
            take(part);
        }
    }

    private void take(Slice bytes) {
        long known = Math.min(bytes.length(), Math.max(0, end - position));
        position += bytes.length();
        if (known < bytes.length()) {
            fresh.wrap(bytes.buffer(), bytes.offset() + (int) known, bytes.length() - (int) known);
            tracker.onContent(fresh);
            if (tracker == written) {
                entropy.add(fresh);
            }
            end = position;
        }
    }

    private void lose(long upTo) {
        tracker.onLost(upTo - end);
        end = upTo;
    }
}
