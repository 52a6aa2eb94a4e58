// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens capture files, pcap and pcapng in all their variants, without libpcap. */
public final class CaptureFiles {
    private static final int MAGIC_BYTES = 4;

    private CaptureFiles() {}

    /**
     * Opens a file; each packet that can be read is handed over before a broken place in it is reported.
     *
     * @throws CaptureFileException if it is not a capture file
     * @throws IOException if it cannot be read
     */
    public static PacketSource open(Path file) throws IOException {
        return open(file, FileWindow.WINDOW_BYTES);
    }

    static PacketSource open(Path file, int windowBytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CaptureFileException(file, 0, "this is not a regular file; name a pcap or pcapng file");
        }
        FileWindow window = FileWindow.open(file, windowBytes);
        boolean opened = false;
        try {
            FileSource source = new FileSource(window, reader(window));
            opened = true;
            return source;
        } finally {
            if (!opened) {
                window.close();
            }
        }
    }

    private static PacketReader reader(FileWindow window) throws IOException {
        if (window.size() == 0) {
            throw window.broken(0, "the file is empty; was the capture stopped before it was written?");
        }
        int at = window.locate(0, MAGIC_BYTES);
        int magic = at == FileWindow.BEYOND_THE_END ? 0 : window.i32(at, ByteOrder.LITTLE_ENDIAN);
        if (PcapHeader.isPcap(magic)) {
            return new PcapReader(window, PcapHeader.read(window));
        }
        if (magic == PcapngReader.SECTION_HEADER) {
            return new PcapngReader(window);
        }
        throw window.broken(0, "this is not a pcap or pcapng file; convert it with: editcap -F pcapng IN OUT");
    }
}
