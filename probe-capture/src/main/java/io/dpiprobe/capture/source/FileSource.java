// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/** Hands over the packets of a capture file, as fast as they are asked for. */
final class FileSource implements PacketSource {
    private final FileWindow window;
    private final PacketReader reader;
    private final RawPacket packet = new RawPacket();
    private final PacketTally tally = new PacketTally();
    private boolean exhausted;

    FileSource(FileWindow window, PacketReader reader) {
        this.window = window;
        this.reader = reader;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int count = 0;
        while (count < limit && advance()) {
            count++;
            tally.add(packet.capturedLength());
            handler.onPacket(packet);
        }
        return count;
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public SourceCounters counters() {
        return tally.counters();
    }

    @Override
    public void close() {
        exhausted = true;
        window.close();
    }

    /** Nothing more comes out of a file that has ended or is broken. */
    private boolean advance() throws IOException {
        if (exhausted) {
            return false;
        }
        exhausted = true;
        exhausted = !reader.next(packet);
        return !exhausted;
    }
}
