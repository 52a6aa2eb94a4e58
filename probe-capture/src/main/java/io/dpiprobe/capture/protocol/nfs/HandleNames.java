// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import org.jspecify.annotations.Nullable;

/** Remembers the names under which handles were last given out, within bounds. */
final class HandleNames {
    /** Names kept for a flow: the files of a few busy directories. The one learned first makes way. */
    @Bound(of = "names of handles, for each flow", then = "the one learned first is forgotten")
    static final int MAX_NAMES = 256;

    private final int[] handles = new int[MAX_NAMES];
    private final @Nullable WireString[] names = new WireString[MAX_NAMES];
    private int count;
    private int next;

    void put(int handle, WireString name) {
        int index = indexOf(handle);
        if (index < 0) {
            index = next;
            next = (next + 1) % MAX_NAMES;
            count = Math.min(count + 1, MAX_NAMES);
            handles[index] = handle;
        }
        WireString kept = names[index];
        if (kept == null) {
            kept = new WireString();
            names[index] = kept;
        }
        kept.set(name);
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

    private int indexOf(int handle) {
        for (int i = 0; i < count; i++) {
            if (handles[i] == handle) {
                return i;
            }
        }
        return -1;
    }
}
