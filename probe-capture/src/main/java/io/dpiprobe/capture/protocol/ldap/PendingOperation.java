// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps a request and the responses that do not end it, one behind the other, until the one that does. */
final class PendingOperation {
    /** Before each kept message: its tag, and its length in four bytes. */
    private static final int HEAD = 5;
    /** What an operation may keep between flows. */
    private static final int IDLE_BYTES = 4 * 1024;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = new byte[256];
    private int length;
    private int read;
    private int id;
    private int request;

    void begin(int id, int request) {
        this.id = id;
        this.request = request;
        length = 0;
    }

    int id() {
        return id;
    }

    /** The tag of the request. */
    int request() {
        return request;
    }

    /** Bytes kept. */
    int length() {
        return length;
    }

    void keep(int tag, Slice content) {
        int needed = length + HEAD + content.length();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        bytes[length] = (byte) tag;
        view.wrap(bytes);
        view.putInt(length + 1, content.length());
        content.buffer().getBytes(content.offset(), bytes, length + HEAD, content.length());
        length = needed;
    }

    /** Goes back to the first message kept. */
    void rewind() {
        read = 0;
        view.wrap(bytes);
    }

    /** Points at the next message kept and gives its tag; zero if there is none. */
    int next(Slice content) {
        if (read == length) {
            return 0;
        }
        int tag = view.getByte(read) & 0xff;
        int size = view.getInt(read + 1);
        content.wrap(view, read + HEAD, size);
        read += HEAD + size;
        return tag;
    }

    void release() {
        length = 0;
        if (bytes.length > IDLE_BYTES) {
            bytes = new byte[256];
        }
    }
}
