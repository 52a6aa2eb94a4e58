// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.source.CaptureFileException;
import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the beginning of a capture into seeds: scripts of its frames and of its conversations. */
final class CaptureSeeds {
    /** A longer seed makes each try slow. */
    private static final int MAX_SEED_BYTES = 8 * 1024;

    private static final int MAX_PACKETS = 5_000;
    private static final int FRAMES_OF_A_SEED = 24;
    private static final int MAX_FRAME_SEEDS = 50;

    /** Conversations of one capture: more of them are rather like these. */
    private static final int MAX_CONVERSATIONS = 100;

    private final Map<String, ConversationScript> conversations = new HashMap<>();
    private final Map<String, Boolean> startedHere = new HashMap<>();
    private final List<byte[]> frames = new ArrayList<>();
    private final Decoder decoder = new Decoder(Checksums.IGNORED);
    private final Packet packet = new Packet();
    private FrameScript open = new FrameScript(0);
    private int framesInOpen;
    private int packets;
    private long lastNs;

    /** Reads a capture; one that is damaged counts as far as it can be read. */
    static CaptureSeeds of(Path capture) throws IOException {
        CaptureSeeds seeds = new CaptureSeeds();
        try (PacketSource source = CaptureFiles.open(capture)) {
            while (!source.isExhausted() && seeds.packets < MAX_PACKETS) {
                source.poll(seeds::onPacket, MAX_PACKETS);
            }
        } catch (CaptureFileException e) {
            assert e.offset() <= Files.size(capture);
        }
        seeds.closeFrames();
        return seeds;
    }

    List<byte[]> frames() {
        return frames;
    }

    List<byte[]> conversations() {
        return conversations.values().stream().map(ConversationScript::bytes).toList();
    }

    private void onPacket(RawPacket raw) {
        packets++;
        addFrame(raw);
        packet.header(raw.timestampNs(), packets, raw.wireLength());
        if (decoder.decode(raw.bytes(), raw.linkType(), packet) == null && packet.payloadLength() > 0) {
            addPayload();
        }
    }

    private void addFrame(RawPacket raw) {
        int link = indexOf(raw.linkType());
        if (link < 0 || frames.size() == MAX_FRAME_SEEDS || raw.capturedLength() > MAX_SEED_BYTES) {
            return;
        }
        if (framesInOpen == 0) {
            open = new FrameScript(link);
        }
        byte[] frame = new byte[raw.capturedLength()];
        raw.bytes().getBytes(0, frame);
        long milliseconds =
                Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (raw.timestampNs() - lastNs) / 1_000_000));
        lastNs = raw.timestampNs();
        open.frame((int) milliseconds, raw.wireLength() - frame.length, frame);
        if (++framesInOpen == FRAMES_OF_A_SEED || open.size() > MAX_SEED_BYTES) {
            closeFrames();
        }
    }

    private void closeFrames() {
        if (framesInOpen > 0) {
            frames.add(open.bytes());
            framesInOpen = 0;
        }
    }

    private static int indexOf(int linkType) {
        for (int i = 0; i < FrameScript.LINK_TYPES.length; i++) {
            if (FrameScript.LINK_TYPES[i] == linkType) {
                return i;
            }
        }
        return -1;
    }

    private void addPayload() {
        String from = packet.srcHi() + "." + packet.srcLo() + "." + packet.srcPort();
        String to = packet.dstHi() + "." + packet.dstLo() + "." + packet.dstPort();
        boolean known = startedHere.containsKey(to + from);
        String key = packet.protocol() + (known ? to + from : from + to);
        if (!conversations.containsKey(key)) {
            if (conversations.size() == MAX_CONVERSATIONS) {
                return;
            }
            startedHere.put(from + to, true);
            conversations.put(key, new ConversationScript(packet.isTcp(), packet.dstPort()));
        }
        ConversationScript script = conversations.get(key);
        if (script.size() + packet.payloadLength() <= MAX_SEED_BYTES) {
            byte[] payload = new byte[packet.payloadLength()];
            packet.bytes().getBytes(packet.payloadOffset(), payload);
            script.sends(known ? Direction.TO_CLIENT : Direction.TO_SERVER, payload);
        }
    }
}
