// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import org.jspecify.annotations.Nullable;

/** Keeps the files that go one way, within bounds. */
final class OpenFiles {
    /** Files under way at once: clients transfer few at a time, and each costs three digests. The oldest makes way. */
    @Bound(of = "files of a flow under way", then = "the oldest ends", seen = "fileinfo.state")
    static final int MAX_OPEN = 16;

    private final Direction direction;
    private final @Nullable OpenFile[] files = new OpenFile[MAX_OPEN];
    private int next;

    OpenFiles(Direction direction) {
        this.direction = direction;
    }

    @Nullable
    OpenFile find(int handle) {
        for (OpenFile file : files) {
            if (file != null && file.is(handle)) {
                return file;
            }
        }
        return null;
    }

    /** The place for another file; what was there is closed. */
    OpenFile add(Session session) {
        OpenFile file = files[next];
        if (file == null) {
            file = new OpenFile(direction);
            files[next] = file;
        }
        next = (next + 1) % MAX_OPEN;
        file.close(End.CUT_SHORT, session);
        return file;
    }

    /** Nothing more will come. */
    void closeAll(Session session) {
        for (OpenFile file : files) {
            if (file != null) {
                file.close(End.CUT_SHORT, session);
            }
        }
    }
}
