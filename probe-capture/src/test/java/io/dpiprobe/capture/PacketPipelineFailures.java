// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Registry;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Plays packets to a pipeline with a detector that throws at one of them. */
public final class PacketPipelineFailures {
    private PacketPipelineFailures() {}

    /** Returns the frame at which it throws; the one before and the one behind are of other flows. */
    public static byte[] play(PacketHandler onFailure) {
        Protocol broken = Protocol.udp(
                "broken",
                (from, in) -> {
                    if (in.u8() == 'b') {
                        throw new IllegalStateException("a bug");
                    }
                    return Verdict.INVALID;
                },
                () -> {
                    throw new AssertionError("nothing is recognised");
                },
                7);
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("test", "00000000", 0),
                PacketNumbers.HIDDEN,
                Secrets.HIDDEN,
                EnumSet.allOf(EventType.class),
                16,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(2),
                Checksums.IGNORED,
                42,
                Sampling.none());
        PacketPipeline pipeline = new PacketPipeline(config, new Registry(List.of(broken)), new CollectedEvents());
        pipeline.reportFailuresTo(onFailure);
        byte[] failing = {};
        for (byte each : new byte[] {'a', 'b', 'c'}) {
            byte[] frame =
                    PacketBytes.from("10.0.0.1", 1000 + each).to("10.0.0.2", 7).udp(new byte[] {each});
            failing = each == 'b' ? frame : failing;
            pipeline.onPacket(new RawPacket()
                    .wrap(new UnsafeBuffer(frame), 0, frame.length)
                    .header(1_700_000_000_000_000_000L, frame.length, LinkType.ETHERNET));
        }
        return failing;
    }
}
