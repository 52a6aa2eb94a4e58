// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;

/** Puts the parts of one file that were read or written into one sequence, from the first seen on. Reused. */
final class FileContent {
    private final FileTracker written = new FileTracker(Direction.TO_SERVER);
    private final FileTracker read = new FileTracker(Direction.TO_CLIENT);
    private final Slice fresh = new Slice();
    private FileTracker tracker = written;
    /** Where the bytes that were seen end, and where those of the part at hand go. */
    private long end;

    private long position;

    /** Begins a file whose bytes come from one side. */
    void open(Direction from, Slice name, Session session) {
        tracker = from == Direction.TO_SERVER ? written : read;
        tracker.open(name, session);
        end = 0;
        position = 0;
    }

    /** Says that the next bytes follow what there was: so it is in a pipe, where all offsets are zero. */
    void append() {
        position = end;
    }

    /** Says where in the file the next bytes belong; bytes passed over count as lost. */
    void seek(long offset) {
        if (offset > end) {
            tracker.onLost(offset - end);
            end = offset;
        }
        position = offset;
    }

    /** Takes the next bytes; what was there before is not taken twice. */
    void onBytes(Slice bytes) {
        long known = Math.min(bytes.length(), Math.max(0, end - position));
        position += bytes.length();
        if (known < bytes.length()) {
            fresh.wrap(bytes.buffer(), bytes.offset() + (int) known, bytes.length() - (int) known);
            tracker.onContent(fresh);
            end = position;
        }
    }

    void onLost(long bytes) {
        position += bytes;
        if (position > end) {
            tracker.onLost(position - end);
            end = position;
        }
    }

    void close(FileTracker.End how, FileCarrier carrier, Session session) {
        tracker.close(how, carrier, session);
    }
}
