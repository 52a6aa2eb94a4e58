// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import io.dpiprobe.capture.CollectedEvents;
import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.RawPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Describes a row of captured frames, in a form that is easy to change at random and that captures can be turned into.
 *
 * <pre>
 *   0  link type u8, an index of {@link #LINK_TYPES}        1  flags u8: odd if checksums are verified
 *   2  frames: milliseconds since the last i16, bytes that were not captured u8, length u16, bytes
 * </pre>
 */
final class FrameScript {
    static final int[] LINK_TYPES = {
        LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL, LinkType.LOOP,
        LinkType.PPP, LinkType.C_HDLC, LinkType.IPV4, LinkType.IPV6, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD
    };
    private static final int FRAME_HEAD_BYTES = 5;
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final int MAX_FLOWS = 16;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    FrameScript(int linkIndex) {
        bytes.write(linkIndex);
        bytes.write(0);
    }

    FrameScript frame(int milliseconds, int notCaptured, byte[] frame) {
        bytes.write(milliseconds >> 8);
        bytes.write(milliseconds);
        bytes.write(Math.min(notCaptured, 255));
        bytes.write(frame.length >> 8);
        bytes.write(frame.length);
        bytes.writeBytes(frame);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    int size() {
        return bytes.size();
    }

    /** Plays a script, whatever its bytes are, against a new pipeline, and returns what came out. */
    static CollectedEvents play(byte[] script) {
        ByteBuffer in = ByteBuffer.wrap(script);
        int linkType = LINK_TYPES[in.hasRemaining() ? (in.get() & 0xFF) % LINK_TYPES.length : 0];
        boolean verified = in.hasRemaining() && (in.get() & 1) != 0;
        CollectedEvents events = new CollectedEvents();
        PacketPipeline pipeline = pipeline(verified ? Checksums.VERIFIED : Checksums.IGNORED, events);
        RawPacket raw = new RawPacket();
        long nowNs = START_NS;
        while (in.remaining() >= FRAME_HEAD_BYTES) {
            nowNs += in.getShort() * 1_000_000L;
            int notCaptured = in.get() & 0xFF;
            byte[] frame = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
            in.get(frame);
            int wireLength = frame.length + notCaptured;
            pipeline.onPacket(raw.wrap(new UnsafeBuffer(frame), 0, frame.length).header(nowNs, wireLength, linkType));
        }
        pipeline.onTick(nowNs);
        pipeline.finish();
        if (pipeline.statistics().inspector().failures() > 0) {
            throw new AssertionError("a dissector has thrown an exception: see the log");
        }
        return events;
    }

    private static PacketPipeline pipeline(Checksums checksums, CollectedEvents events) {
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("test", "00000000", 0),
                PacketNumbers.SHOWN,
                Secrets.HIDDEN,
                EnumSet.allOf(EventType.class),
                MAX_FLOWS,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofSeconds(10),
                checksums,
                42,
                Sampling.none());
        return new PacketPipeline(config, Protocols.registry(), events);
    }
}
