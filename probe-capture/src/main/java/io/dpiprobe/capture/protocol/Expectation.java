// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Describes a connection that one flow has announced: who will listen, on which port, and what its dissector is to know.
 * Lives in {@link Expectations}, which uses it again; what outlives the call that receives it is copied.
 */
public final class Expectation {
    /** Longest note kept, in bytes: the longest path of common systems. */
    @Bound(of = "what an announcement notes, such as a command", then = "it is cut", unit = Bound.Unit.BYTES)
    public static final int MAX_NOTE_BYTES = 4096;

    private static final int SMALLEST_NOTE = 64;

    private final UnsafeBuffer noteView = new UnsafeBuffer(0, 0);
    private byte[] noteBytes = {};
    private int noteLength;
    private String protocol = "";
    private int transport;
    private int port;
    private long listenerHi;
    private long listenerLo;
    private long announcedHi;
    private long announcedLo;
    private long parentId;
    private long deadlineNs;
    private int kind;

    /** Begins a new one: the side of {@code parent} that listens, seen from whom it sends to. */
    Expectation of(String protocol, Flow parent, Direction listener, int port, long deadlineNs) {
        boolean server = listener == Direction.TO_CLIENT;
        this.protocol = protocol;
        this.transport = parent.protocol();
        this.port = port;
        this.listenerHi = server ? parent.serverHi() : parent.clientHi();
        this.listenerLo = server ? parent.serverLo() : parent.clientLo();
        this.announcedHi = listenerHi;
        this.announcedLo = listenerLo;
        this.parentId = parent.id();
        this.deadlineNs = deadlineNs;
        this.kind = 0;
        this.noteLength = 0;
        return this;
    }

    /** Says that the listener has named another address than its own: a translator may stand between. */
    public Expectation at(long addressHi, long addressLo) {
        announcedHi = addressHi;
        announcedLo = addressLo;
        return this;
    }

    /** Leaves a number for the dissector of the connection. */
    public Expectation kind(int value) {
        kind = value;
        return this;
    }

    /** Leaves bytes for the dissector of the connection, cut at {@link #MAX_NOTE_BYTES}. */
    public Expectation note(Slice note) {
        noteLength = Math.min(note.length(), MAX_NOTE_BYTES);
        if (noteBytes.length < noteLength) {
            noteBytes =
                    new byte[Math.min(MAX_NOTE_BYTES, Math.max(SMALLEST_NOTE, Integer.highestOneBit(noteLength) * 2))];
            noteView.wrap(noteBytes);
        }
        note.buffer().getBytes(note.offset(), noteBytes, 0, noteLength);
        return this;
    }

    public int kind() {
        return kind;
    }

    /** Points {@code into} at the bytes left for the dissector, if there are any. */
    public void readNote(Slice into) {
        into.wrap(noteView, 0, noteLength);
    }

    boolean isFor(Flow flow, long nowNs) {
        boolean listens = flow.serverLo() == listenerLo && flow.serverHi() == listenerHi;
        boolean announced = flow.serverLo() == announcedLo && flow.serverHi() == announcedHi;
        return isLive(nowNs) && flow.serverPort() == port && flow.protocol() == transport && (listens || announced);
    }

    boolean isLive(long nowNs) {
        return nowNs < deadlineNs;
    }

    /** Has come, or makes way. */
    void forget() {
        deadlineNs = 0;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    String protocol() {
        return protocol;
    }

    long parentId() {
        return parentId;
    }
}
