// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.brotli.dec.BrotliInputStream;
import org.tukaani.xz.LZMAInputStream;

/** Names the content codings that are undone once the whole body is at hand. */
enum WholeCoding {
    /** {@code br}, RFC 7932: windows of 18 bits and more differ in three bits of the first byte (9.1). */
    BROTLI {
        @Override
        void limitWindow(MutableDirectBuffer coded, int bits) {
            int first = coded.getByte(0);
            if ((first & 1) == 1 && ((first >> 1) & 7) > bits - 17) {
                coded.putByte(0, (byte) ((first & ~0xe) | ((bits - 17) << 1)));
            }
        }

        @Override
        InputStream open(InputStream coded) throws IOException {
            return new BrotliInputStream(coded, 1);
        }
    },
    /** {@code lzma}, as its tools write it: a byte of properties, four of the size of the window, eight of the length. */
    LZMA {
        @Override
        void limitWindow(MutableDirectBuffer coded, int bits) {
            if (Integer.compareUnsigned(coded.getInt(1, ByteOrder.LITTLE_ENDIAN), 1 << bits) > 0) {
                coded.putInt(1, 1 << bits, ByteOrder.LITTLE_ENDIAN);
            }
        }

        @Override
        InputStream open(InputStream coded) throws IOException {
            return new LZMAInputStream(coded, MEMORY_KIB);
        }
    };

    /** For a window of 4 MiB and as much for tables, of which common properties need less than a hundredth. */
    private static final int MEMORY_KIB = 8 * 1024;

    /** Has the decoder make no larger array than that of a window of so many bits. */
    abstract void limitWindow(MutableDirectBuffer coded, int bits);

    abstract InputStream open(InputStream coded) throws IOException;
}
