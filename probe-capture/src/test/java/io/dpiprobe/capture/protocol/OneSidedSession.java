// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
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
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.EnumSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends what one client says, which nobody answers, through the real pipeline; counts events and throws them away. */
final class OneSidedSession implements EventSink {
    private static final int CLIENT_PORT = 40_000;

    private final PacketPipeline pipeline;
    private final PacketBytes client;
    private final int transport;
    private final RawPacket raw = new RawPacket();
    private long nowNs = 1_700_000_000_000_000_000L;
    private int seq = 1000;
    private long events;

    OneSidedSession(int transport, int serverPort) {
        this.transport = transport;
        client = PacketBytes.from("10.0.0.1", CLIENT_PORT).to("10.0.0.2", serverPort);
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("test", "00000000", 0),
                PacketNumbers.SHOWN,
                Secrets.HIDDEN,
                EnumSet.allOf(EventType.class),
                1024,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(2),
                Checksums.IGNORED,
                42,
                Sampling.none());
        pipeline = new PacketPipeline(config, Protocols.registry(), this);
        if (transport == IpProtocol.TCP) {
            send(client.tcp(TcpFlags.SYN, seq++, 0, new byte[0]));
        }
    }

    /** The packet that says this next. */
    byte[] packet(byte[] message) {
        if (transport == IpProtocol.UDP) {
            return client.udp(message);
        }
        byte[] packet = client.tcp(TcpFlags.ACK, seq, 1, message);
        seq += message.length;
        return packet;
    }

    void send(byte[] packet) {
        nowNs += 1000;
        pipeline.onPacket(
                raw.wrap(new UnsafeBuffer(packet), 0, packet.length).header(nowNs, packet.length, LinkType.ETHERNET));
    }

    long events() {
        return events;
    }

    /** What dissectors threw: nothing may. */
    long failures() {
        return pipeline.statistics().inspector().failures();
    }

    @Override
    public long nextSeq(Lane lane) {
        return events + 1;
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        events++;
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        throw new AssertionError("refused: " + reason);
    }

    @Override
    public void onTick(long nowNs) {}

    @Override
    public void flush() {}
}
