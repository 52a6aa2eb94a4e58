// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.nio.file.Path;
import java.util.TreeMap;

/** Knows of one file what was written to it, how far it was read, and which of its blocks somebody still holds. */
final class BlockFile {
    static final String SUFFIX = ".blocks";

    private final int number;
    private Path path;
    private long bytes;
    private int events;
    private int blocks;
    private long waiting;
    private boolean finished;

    /** Where the next block to read is expected: offset, ordinal and events before it. */
    private long readOffset;

    private int readOrdinal;
    private int readEvents;
    private boolean readToEnd;

    /** Blocks that were handed out or are kept in memory too, and are not settled: ordinal to events before. */
    private final TreeMap<Integer, Integer> held = new TreeMap<>();

    /** Blocks that need not be read because memory has, or had, their events: ordinal to count. */
    private final TreeMap<Integer, Integer> covered = new TreeMap<>();

    BlockFile(int number, Path path, long bytes) {
        this.number = number;
        this.path = path;
        this.bytes = bytes;
    }

    int number() {
        return number;
    }

    Path path() {
        return path;
    }

    void moveTo(Path newPath) {
        path = newPath;
    }

    /** Bytes of disk that the file takes. */
    long bytes() {
        return bytes;
    }

    void bytes(long newBytes) {
        bytes = newBytes;
    }

    /** Events written in all. */
    int events() {
        return events;
    }

    /** Blocks written in this run: the ordinal of the next one. */
    int blocks() {
        return blocks;
    }

    void appended(int count, boolean inMemoryToo) {
        if (inMemoryToo) {
            held.put(blocks, events);
            covered.put(blocks, count);
        } else {
            waiting += count;
        }
        blocks++;
        events += count;
    }

    /** Takes over a file of an earlier run, whose first blocks Core has already. */
    void recovered(int totalEvents, int ackedBlocks, int ackedEvents) {
        events = totalEvents;
        finished = true;
        readOrdinal = ackedBlocks;
        readEvents = ackedEvents;
        waiting = Math.max(0, totalEvents - ackedEvents);
    }

    /** Events that are only here: neither handed out nor kept in memory too. */
    long waiting() {
        return waiting;
    }

    /** Counts waiting events as handed out or lost; returns how many there were to count. */
    long take(long count) {
        long taken = Math.min(waiting, count);
        waiting -= taken;
        return taken;
    }

    boolean isFinished() {
        return finished;
    }

    void finish() {
        finished = true;
    }

    long readOffset() {
        return readOffset;
    }

    int readOrdinal() {
        return readOrdinal;
    }

    int readEvents() {
        return readEvents;
    }

    /** Moves the reading position behind a block. */
    void passed(long nextOffset, int nextOrdinal, int eventsBeforeNext) {
        readOffset = nextOffset;
        readOrdinal = Math.max(readOrdinal, nextOrdinal);
        readEvents = Math.max(readEvents, eventsBeforeNext);
    }

    boolean hasUnread() {
        return !readToEnd && readEvents < events;
    }

    void readToEnd() {
        readToEnd = true;
    }

    void hold(int ordinal, int eventsBefore) {
        held.put(ordinal, eventsBefore);
    }

    void release(int ordinal) {
        held.remove(ordinal);
    }

    /** Whether memory answers for this block. */
    boolean isCovered(int ordinal) {
        return covered.containsKey(ordinal);
    }

    /** Events of blocks up to (not including) an ordinal that memory answers for and that were not passed yet. */
    int takeCovered(int beforeOrdinal) {
        var passed = covered.headMap(beforeOrdinal);
        int count = passed.values().stream().mapToInt(Integer::intValue).sum();
        passed.clear();
        return count;
    }

    /** Whether some of its blocks are unread or not settled. */
    boolean isNeeded() {
        return hasUnread() || !held.isEmpty();
    }

    /** Whether the file can be deleted. */
    boolean isSpent() {
        return finished && !isNeeded();
    }

    /** The oldest block that is needed: its ordinal. */
    int neededOrdinal() {
        return held.isEmpty() ? readOrdinal : Math.min(readOrdinal, held.firstKey());
    }

    /** The oldest block that is needed: how many events come before it in the file. */
    int neededEvents() {
        return held.isEmpty()
                ? readEvents
                : Math.min(readEvents, held.firstEntry().getValue());
    }
}
