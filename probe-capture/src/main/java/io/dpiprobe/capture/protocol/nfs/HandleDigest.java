// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.Slice;
import java.util.zip.CRC32;

/** Makes of the handle of a file or directory the number that events show. */
public final class HandleDigest {
    /** RFC 8881, 4.2.1. */
    public static final int MAX_HANDLE = 128;

    private final CRC32 crc = new CRC32();
    private final byte[] bytes = new byte[MAX_HANDLE];

    /** CRC-32. */
    public int of(Slice handle) {
        int length = Math.min(handle.length(), MAX_HANDLE);
        handle.buffer().getBytes(handle.offset(), bytes, 0, length);
        crc.reset();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
