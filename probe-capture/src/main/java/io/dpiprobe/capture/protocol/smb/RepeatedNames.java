// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import java.util.Arrays;

/**
 * Finds file names that are created in one folder after another, among many that are created once.
 *
 * <p>Each name has one slot, by its hash. Another name in the slot takes one off its count, and the slot when there is
 * nothing left: names that come back stay, whatever passes between.
 */
final class RepeatedNames {
    /** Slots: two names that come back meet in one rarely. */
    @Bound(of = "names in a row that are watched", then = "two that meet share one place")
    static final int SLOTS = 128;
    /** Folders from which a name is shown: two may be chance. */
    static final int MIN_FOLDERS = 3;

    private final WireString[] names = new WireString[SLOTS];
    private final long[] hashes = new long[SLOTS];
    private final long[] lastFolders = new long[SLOTS];
    private final int[] folders = new int[SLOTS];
    private final Slice base = new Slice();
    private boolean used;

    void clear() {
        if (used) {
            Arrays.fill(folders, 0);
            used = false;
        }
    }

    void add(Slice path) {
        int start = FileName.baseOf(path);
        long hash = FileName.hash(path, start, path.length());
        long folder = FileName.hash(path, 0, start);
        int slot = (int) (hash >>> 32 ^ hash) & SLOTS - 1;
        used = true;
        if (folders[slot] > 0 && hashes[slot] == hash) {
            folders[slot] += lastFolders[slot] == folder ? 0 : 1;
            lastFolders[slot] = folder;
        } else if (folders[slot] > 1) {
            folders[slot]--;
        } else {
            take(slot, path, start, hash, folder);
        }
    }

    void write(JsonWriter json) {
        if (!used) {
            return;
        }
        int mark = json.mark();
        json.beginArray("same_name");
        int empty = json.mark();
        for (int i = 0; i < SLOTS; i++) {
            if (folders[i] >= MIN_FOLDERS) {
                json.beginObject().wire("filename", names[i].text());
                json.number("folders", folders[i]).endObject();
            }
        }
        if (json.mark() == empty) {
            json.rewind(mark);
        } else {
            json.endArray();
        }
    }

    private void take(int slot, Slice path, int start, long hash, long folder) {
        if (names[slot] == null) {
            names[slot] = new WireString();
        }
        names[slot].set(base.wrap(path.buffer(), path.offset() + start, path.length() - start));
        hashes[slot] = hash;
        lastFolders[slot] = folder;
        folders[slot] = 1;
    }
}
