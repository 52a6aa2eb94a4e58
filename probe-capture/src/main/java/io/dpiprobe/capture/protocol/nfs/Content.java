// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import org.jspecify.annotations.Nullable;

/** Says where the bytes of a record go that are not looked at: to a file as they come, or nowhere. */
final class Content {
    private final Slice part = new Slice();
    private @Nullable OpenFile file;
    private long ofFile;
    private long rest;
    private boolean last;

    boolean isOpen() {
        return ofFile + rest > 0;
    }

    void clear() {
        file = null;
        ofFile = 0;
        rest = 0;
    }

    /** So many bytes of a file follow, which may be its last. */
    void begin(OpenFile file, long length, boolean last) {
        this.file = file;
        this.last = last;
        ofFile = length;
        rest = 0;
    }

    /** So many bytes of the record follow in all. */
    void limit(long length) {
        ofFile = Math.min(ofFile, length);
        rest = length - ofFile;
    }

    /** Takes what there is. */
    void read(Cursor in, Session session) {
        OpenFile target = file;
        if (target != null) {
            int length = (int) Math.min(ofFile, in.remaining());
            in.slice(length, part);
            target.onContent(part);
            ofFile -= length;
            if (ofFile == 0) {
                file = null;
                if (last) {
                    target.close(End.COMPLETE, session);
                }
            }
        }
        int length = (int) Math.min(rest, in.remaining());
        in.skip(length);
        rest -= length;
    }
}
