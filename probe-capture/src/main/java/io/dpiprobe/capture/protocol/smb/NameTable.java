// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.protocol.ntlm.WireString;
import org.jspecify.annotations.Nullable;

/** Keeps the names of what is open, by two numbers: files and pipes by their id, shares by session and tree. */
final class NameTable {
    /** A number that no tree has: they have 32 bits. */
    static final long NONE = -1;

    private final Entry[] entries;
    private int next;

    /** A name and what it stands for. */
    static final class Entry {
        final WireString name = new WireString();
        final WireString other = new WireString();
        long high;
        long low;
        boolean pipe;
        boolean used;
    }

    /** @param capacity names kept; the one learned first is forgotten for a new one */
    NameTable(int capacity) {
        entries = new Entry[capacity];
    }

    Entry put(long high, long low) {
        Entry entry = find(high, low);
        if (entry == null) {
            entry = entries[next];
            if (entry == null) {
                entry = new Entry();
                entries[next] = entry;
            }
            next = (next + 1) % entries.length;
        }
        entry.high = high;
        entry.low = low;
        entry.pipe = false;
        entry.used = true;
        entry.name.clear();
        entry.other.clear();
        return entry;
    }

    @Nullable
    Entry find(long high, long low) {
        for (Entry entry : entries) {
            if (entry == null) {
                return null;
            }
            if (entry.used && entry.high == high && entry.low == low) {
                return entry;
            }
        }
        return null;
    }

    void remove(long high, long low) {
        Entry entry = find(high, low);
        if (entry != null) {
            entry.used = false;
        }
    }

    void clear() {
        for (Entry entry : entries) {
            if (entry != null) {
                entry.used = false;
            }
        }
        next = 0;
    }
}
