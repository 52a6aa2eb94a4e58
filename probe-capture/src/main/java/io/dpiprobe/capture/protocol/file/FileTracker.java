// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.file;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Digests;
import io.dpiprobe.capture.protocol.Session;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one file at a time, from its name to its last byte, and writes its event. Used again for the next file.
 *
 * <pre>
 *   tracker.open(name, session); tracker.onContent(slice) ...; tracker.close(End.COMPLETE, carrier, session);
 * </pre>
 */
public final class FileTracker {
    /** Longest name kept, in bytes. */
    @Bound(of = "the name of a file", then = "it is cut", unit = Bound.Unit.BYTES)
    public static final int MAX_NAME_BYTES = 4096;

    private static final int MD5_BYTES = 16;
    private static final int SHA1_BYTES = 20;
    private static final int SHA256_BYTES = 32;
    private static final long NO_RANGE = -1;

    private final Direction direction;
    private final UnsafeBuffer nameView = new UnsafeBuffer(0, 0);
    private final Slice name = new Slice();
    private byte[] nameBytes = {};
    private int nameLength;
    private @Nullable Digests digests;
    /** Made for the first file that has content. */
    private @Nullable FileMagic magic;

    private boolean open;
    private boolean gaps;
    private long size;
    private long rangeStart;
    private long rangeEnd;

    /** How a file came to its end. */
    public enum End {
        /** All of it was seen. */
        COMPLETE("CLOSED"),
        /** The rest is missing. */
        CUT_SHORT("TRUNCATED");

        private final String label;

        End(String label) {
            this.label = label;
        }
    }

    /** @param direction which way the file goes: its sender is the source of the event */
    public FileTracker(Direction direction) {
        this.direction = direction;
    }

    /** Begins a file; nothing happens if nobody wants to know of files. */
    public void open(Slice name, Session session) {
        assert !open;
        if (!session.wants(EventType.FILEINFO)) {
            return;
        }
        open = true;
        gaps = false;
        size = 0;
        rangeStart = NO_RANGE;
        if (magic != null) {
            magic.reset();
        }
        keep(name);
        digests = session.digests().borrow();
    }

    /** Says that this is only a part of the file: first and last byte, from 0. */
    public void range(long start, long end) {
        rangeStart = start;
        rangeEnd = end;
    }

    public boolean isOpen() {
        return open;
    }

    /** The next bytes of the file. */
    public void onContent(Slice content) {
        if (open) {
            if (size < FileMagic.HEAD_BYTES && !gaps) {
                keepHead(content);
            }
            size += content.length();
            if (digests != null && !gaps) {
                digests.update(content);
            }
        }
    }

    /** So many bytes of the file were lost. */
    public void onLost(long bytes) {
        if (open && bytes > 0) {
            size += bytes;
            gaps = true;
        }
    }

    /** Ends the file, if one is open, and writes its event. */
    public void close(End end, FileCarrier carrier, Session session) {
        if (!open) {
            return;
        }
        if (size > 0) {
            write(end, carrier, session);
        }
        release(session);
    }

    /** Leaves the file, if one is open, without a word of it. */
    public void forget(Session session) {
        if (open) {
            release(session);
        }
    }

    private void write(End end, FileCarrier carrier, Session session) {
        JsonWriter json = session.begin(EventType.FILEINFO, direction);
        carrier.write(json);
        json.ascii("app_proto", carrier.protocol()).beginObject("fileinfo");
        if (nameLength > 0) {
            json.wire("filename", name.wrap(nameView, 0, nameLength));
        }
        if (magic != null && rangeStart <= 0) {
            magic.write(json);
        }
        End seen = gaps ? End.CUT_SHORT : end;
        json.bool("gaps", gaps).ascii("state", seen.label);
        if (digests != null && seen == End.COMPLETE) {
            hex(json, "md5", digests.md5(), MD5_BYTES);
            hex(json, "sha1", digests.sha1(), SHA1_BYTES);
            hex(json, "sha256", digests.sha256(), SHA256_BYTES);
        }
        json.bool("stored", false).number("size", size).number("tx_id", carrier.transaction());
        if (rangeStart != NO_RANGE) {
            json.number("start", rangeStart).number("end", rangeEnd);
        }
        json.endObject();
        session.end();
    }

    private void release(Session session) {
        open = false;
        if (digests != null) {
            session.digests().giveBack(digests);
            digests = null;
        }
    }

    private void keepHead(Slice content) {
        if (magic == null) {
            magic = new FileMagic();
        }
        magic.add(content);
    }

    private void keep(Slice from) {
        nameLength = Math.min(from.length(), MAX_NAME_BYTES);
        if (nameBytes.length < nameLength) {
            nameBytes = new byte[Math.min(MAX_NAME_BYTES, Integer.highestOneBit(nameLength) * 2)];
            nameView.wrap(nameBytes);
        }
        from.buffer().getBytes(from.offset(), nameBytes, 0, nameLength);
    }

    private static void hex(JsonWriter json, String field, byte[] digest, int length) {
        json.beginText(field);
        for (int i = 0; i < length; i++) {
            json.appendHex(digest[i]);
        }
        json.endText();
    }
}
