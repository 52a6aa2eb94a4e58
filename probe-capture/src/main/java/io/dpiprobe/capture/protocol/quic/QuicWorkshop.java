// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Holds what the dissectors of a worker share: ciphers, readers and the writer of events. */
final class QuicWorkshop {
    final LongHeader packet = new LongHeader();
    final KeyDerivation derivation = new KeyDerivation();
    final QuicEvent event = new QuicEvent();
    final GooglePackets google = new GooglePackets(event);

    private final PacketOpener opener = new PacketOpener();
    private final InitialFrames frames = new InitialFrames();
    private final GoogleFrames googleFrames = new GoogleFrames();
    private final Slice opened = new Slice();
    private final Cursor inside = new Cursor();

    /** Opens the packet at hand; false if these are not its keys. */
    boolean open(InitialKeys.Keys keys) {
        return opener.open(keys, packet, opened);
    }

    /** Reads the frames of the packet that was opened last. */
    Verdict readFrames(CryptoStream stream) {
        inside.wrap(opened);
        return QuicVersion.hasGoogleFrames(packet.version)
                ? googleFrames.read(inside, stream)
                : frames.read(inside, stream);
    }

    /** Writes the event of a packet of Google's with a hello of its own, which the stream gives away once it is whole. */
    void writeGoogle(Direction from, CryptoStream stream, Session session) {
        if (google.writeSealed(from, packet.version, stream.readAll(inside), session)) {
            stream.clear();
        }
    }
}
