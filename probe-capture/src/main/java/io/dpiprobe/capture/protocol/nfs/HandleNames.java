// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import org.jspecify.annotations.Nullable;

/** Remembers the names under which handles were last given out, and in which directory, within bounds. */
final class HandleNames {
    /** Names kept for a flow: the files of a few busy directories. The one learned first makes way. */
    @Bound(of = "names of handles, for each flow", then = "the one learned first is forgotten")
    static final int MAX_NAMES = 256;

    /** Of a name that is gone: no handle has it. */
    private static final long NOWHERE = -1;

    private final int[] handles = new int[MAX_NAMES];
    private final long[] directories = new long[MAX_NAMES];
    private final @Nullable WireString[] names = new WireString[MAX_NAMES];
    private int count;
    private int next;

    void put(int handle, int directory, WireString name) {
        int index = indexOf(handle);
        if (index < 0) {
            index = next;
            next = (next + 1) % MAX_NAMES;
            count = Math.min(count + 1, MAX_NAMES);
            handles[index] = handle;
        }
        directories[index] = directory & 0xffff_ffffL;
        WireString kept = names[index];
        if (kept == null) {
            kept = new WireString();
            names[index] = kept;
        }
        kept.set(name);
    }

    /** A name in a directory is another's from now on; who asks for the handle is still told it. */
    void remove(int directory, WireString name) {
        int index = indexOf(directory, name);
        if (index >= 0) {
            directories[index] = NOWHERE;
        }
    }

    /** What has this name in a directory is moved. */
    void rename(int directory, WireString name, int newDirectory, WireString newName) {
        int index = indexOf(directory, name);
        remove(newDirectory, newName);
        if (index >= 0) {
            put(handles[index], newDirectory, newName);
        }
    }

    @Nullable
    WireString find(int handle) {
        int index = indexOf(handle);
        return index < 0 ? null : names[index];
    }

    void clear() {
        count = 0;
        next = 0;
    }

    private int indexOf(int directory, WireString name) {
        for (int i = 0; i < count; i++) {
            WireString known = names[i];
            if (directories[i] == (directory & 0xffff_ffffL) && known != null && same(known.text(), name.text())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Slice one, Slice other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (one.u8(i) != other.u8(i)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(int handle) {
        for (int i = 0; i < count; i++) {
            if (handles[i] == handle) {
                return i;
            }
        }
        return -1;
    }
}
