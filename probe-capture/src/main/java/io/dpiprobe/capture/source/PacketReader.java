// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import io.dpiprobe.buffer.Bound;
import java.io.IOException;

/** Reads the packets of a capture file, one after the other. */
interface PacketReader {
    /** A packet that says it is larger is a sign of a broken file, in bytes. */
    @Bound(
            of = "a packet in a file",
            then = "reading ends with an error",
            seen = "exit code 74",
            unit = Bound.Unit.BYTES)
    int MAX_PACKET_BYTES = 256 << 20;

    /**
     * Points the packet at the next one in the file, or returns false at the end of the file.
     *
     * @throws CaptureFileException if the file is broken here
     */
    boolean next(RawPacket packet) throws IOException;
}
