// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real captures of a directory, each packet with other addresses at each pass, so that no flow is met twice. */
final class CaptureMix {
    private static final int POLL = 256;

    private final List<Path> files = new ArrayList<>();
    private final Decoder decoder = new Decoder(Checksums.IGNORED);
    private final Packet packet = new Packet();

    CaptureMix(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            found.filter(file ->
                            file.toString().endsWith(".pcap") || file.toString().endsWith(".pcapng"))
                    .sorted()
                    .forEach(files::add);
        }
    }

    /**
     * Writes one pass.
     *
     * @param pass 0 to 255: what it adds to each address
     */
    void write(TraceFile trace, int pass) throws IOException {
        for (Path file : files) {
            try (PacketSource source = CaptureFiles.open(file)) {
                while (!source.isExhausted()) {
                    source.poll(raw -> copy(raw, trace, pass), POLL);
                }
            } catch (IOException e) {
                System.err.println("skipped the rest of " + file + ": " + e.getMessage());
            }
        }
    }

    private void copy(RawPacket raw, TraceFile trace, int pass) {
        if (raw.linkType() != LinkType.ETHERNET || decoder.decode(raw.bytes(), raw.linkType(), packet) != null) {
            return;
        }
        byte[] frame = new byte[raw.capturedLength()];
        raw.bytes().getBytes(0, frame);
        move(frame, pass);
        trace.writeNext(frame);
    }

    /** Changes the second byte of both IPv4 addresses; other frames stay as they are. */
    private static void move(byte[] frame, int pass) {
        if (frame.length >= 34 && frame[12] == 8 && frame[13] == 0 && frame[14] >>> 4 == 4) {
            frame[27] += (byte) pass;
            frame[31] += (byte) pass;
        }
    }
}
