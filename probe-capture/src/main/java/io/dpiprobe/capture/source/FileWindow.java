// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Maps a file of any size into memory, one window at a time.
 *
 * <p>The file must not shrink while it is open. Owned by one thread.
 */
final class FileWindow implements AutoCloseable {
    /** Large enough that moving on costs nothing, small enough for a host with little address space to spare. */
    static final int WINDOW_BYTES = 512 << 20;

    static final int BEYOND_THE_END = -1;
    /** What is fetched at once: a part of the second-level cache. */
    private static final int FETCH_BYTES = 64 << 10;

    private static final int CACHE_LINE_BYTES = 64;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final int windowBytes;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuffer mapped = ByteBuffer.allocateDirect(0);
    private long start;
    private int fetched;
    /** What fetching came to: nobody asks, but it cannot be left out. */
    int touched;

    private FileWindow(Path file, FileChannel channel, long size, int windowBytes) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.windowBytes = windowBytes;
    }

    static FileWindow open(Path file, int windowBytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new FileWindow(file, channel, channel.size(), windowBytes);
    }

    long size() {
        return size;
    }

    /** Makes a part of the file readable and returns where it begins in the window, or {@link #BEYOND_THE_END}. */
    int locate(long offset, int length) throws IOException {
        if (length > size - offset) {
            return BEYOND_THE_END;
        }
        if (offset < start || offset + length > start + view.capacity()) {
            moveTo(offset, length);
        }
        int at = (int) (offset - start);
        if (at + length > fetched) {
            fetch(at);
        }
        return at;
    }

    /**
     * Brings what is read next from memory into the processor's cache: reads that do not wait for one another overlap,
     * which those of one record behind another do not.
     */
    private void fetch(int from) {
        int end = Math.min(from + FETCH_BYTES, view.capacity());
        int sum = 0;
        for (int at = Math.max(from, fetched); at < end; at += CACHE_LINE_BYTES) {
            sum += view.getByte(at);
        }
        touched = sum;
        fetched = end;
    }

    int u8(int at) {
        return view.getByte(at) & 0xff;
    }

    int u16(int at, ByteOrder order) {
        return view.getShort(at, order) & 0xffff;
    }

    int i32(int at, ByteOrder order) {
        return view.getInt(at, order);
    }

    long u32(int at, ByteOrder order) {
        return view.getInt(at, order) & 0xffffffffL;
    }

    long i64(int at, ByteOrder order) {
        return view.getLong(at, order);
    }

    /** Points a packet at bytes of the window. */
    void wrap(RawPacket packet, int at, int length) {
        packet.wrap(view.addressOffset() + at, length);
    }

    CaptureFileException broken(long offset, String problem) {
        return new CaptureFileException(file, offset, problem);
    }

    @Override
    public void close() {
        unmap();
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void moveTo(long offset, int length) throws IOException {
        unmap();
        start = offset;
        fetched = 0;
        mapped = channel.map(
                FileChannel.MapMode.READ_ONLY, offset, Math.min(size - offset, Math.max(windowBytes, length)));
        view.wrap(mapped);
    }

    private void unmap() {
        view.wrap(0, 0);
        BufferUtil.free(mapped);
        mapped = ByteBuffer.allocateDirect(0);
    }
}
