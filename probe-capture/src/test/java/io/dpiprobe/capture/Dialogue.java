// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import io.dpiprobe.capture.protocol.Registry;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays a client and a server against the real pipeline, packet by packet, for tests:
 *
 * <pre>
 *   List&lt;JsonNode&gt; events = Dialogue.tcp(80).client("GET / HTTP/1.0\r\n\r\n").server(response).close().bodies("http");
 * </pre>
 *
 * Each message is acknowledged by the other side at once.
 */
public final class Dialogue {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long STEP_NS = 1_000_000;
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";
    private static final byte[] NOTHING = {};

    private final CollectedEvents events = new CollectedEvents();
    private final PacketPipeline pipeline;
    private final boolean tcp;
    private final int clientPort = 40_000;
    private final int serverPort;
    private final RawPacket raw = new RawPacket();
    private long nowNs = START_NS;
    private boolean toleratesFailures;
    private int clientSeq = 1000;
    private int serverSeq = 5000;

    private Dialogue(Registry registry, Secrets secrets, boolean tcp, int serverPort) {
        this.tcp = tcp;
        this.serverPort = serverPort;
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("test", "00000000", 0),
                PacketNumbers.SHOWN,
                secrets,
                EnumSet.allOf(EventType.class),
                1024,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(2),
                Checksums.IGNORED,
                42,
                Sampling.none());
        pipeline = new PacketPipeline(config, registry, events);
    }

    /** Opens a connection: the handshake is done. */
    public static Dialogue tcp(int serverPort) {
        return tcp(serverPort, Protocols.registry());
    }

    /** Opens a connection where other protocols are known than usual. */
    public static Dialogue tcp(int serverPort, Registry registry) {
        return new Dialogue(registry, Secrets.HIDDEN, true, serverPort).handshake();
    }

    /** Opens a connection to a probe that hides passwords and the like, or does not. */
    public static Dialogue tcp(int serverPort, Secrets secrets) {
        return new Dialogue(Protocols.registry(), secrets, true, serverPort).handshake();
    }

    private Dialogue handshake() {
        segment(true, TcpFlags.SYN, NOTHING);
        segment(false, TcpFlags.SYN | TcpFlags.ACK, NOTHING);
        segment(true, TcpFlags.ACK, NOTHING);
        return this;
    }

    /** Begins to exchange datagrams. */
    public static Dialogue udp(int serverPort) {
        return udp(serverPort, Protocols.registry());
    }

    /** Begins to exchange datagrams where other protocols are known than usual. */
    public static Dialogue udp(int serverPort, Registry registry) {
        return new Dialogue(registry, Secrets.HIDDEN, false, serverPort);
    }

    /** Begins to exchange datagrams with a probe that hides passwords and the like, or does not. */
    public static Dialogue udp(int serverPort, Secrets secrets) {
        return new Dialogue(Protocols.registry(), secrets, false, serverPort);
    }

    /** The client sends, in one packet. */
    public Dialogue client(byte[] bytes) {
        return send(true, bytes);
    }

    /** The client sends ISO-8859-1 text, in one packet. */
    public Dialogue client(String text) {
        return client(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    /** The server sends, in one packet. */
    public Dialogue server(byte[] bytes) {
        return send(false, bytes);
    }

    /** The server sends ISO-8859-1 text, in one packet. */
    public Dialogue server(String text) {
        return server(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    /** The client sends each byte in a packet of its own. */
    public Dialogue clientByteByByte(byte[] bytes) {
        for (byte each : bytes) {
            client(new byte[] {each});
        }
        return this;
    }

    /** The server sends each byte in a packet of its own. */
    public Dialogue serverByteByByte(byte[] bytes) {
        for (byte each : bytes) {
            server(new byte[] {each});
        }
        return this;
    }

    /** The server's next bytes are acknowledged but were not captured. */
    public Dialogue serverLoses(int bytes) {
        serverSeq += bytes;
        segment(true, TcpFlags.ACK, NOTHING);
        return this;
    }

    /** The client's next bytes are acknowledged but were not captured. */
    public Dialogue clientLoses(int bytes) {
        clientSeq += bytes;
        segment(false, TcpFlags.ACK, NOTHING);
        return this;
    }

    /** The client sends, and nothing acknowledges it yet. */
    public Dialogue clientUnanswered(byte[] bytes) {
        segment(true, TcpFlags.PSH | TcpFlags.ACK, bytes);
        return this;
    }

    /** The server resets the connection. */
    public Dialogue serverResets() {
        segment(false, TcpFlags.RST | TcpFlags.ACK, NOTHING);
        return this;
    }

    /** The capture ends. */
    public Dialogue finish() {
        pipeline.finish();
        checkFailures();
        return this;
    }

    /** Any frame passes by. */
    public Dialogue frame(byte[] frame) {
        packet(frame);
        return this;
    }

    /** Dissectors may throw from now on: elsewhere that is a bug, though the pipeline survives it. */
    public Dialogue tolerateFailures() {
        toleratesFailures = true;
        return this;
    }

    /** What the pipeline has counted. */
    public PipelineStatistics statistics() {
        return pipeline.statistics();
    }

    /** Time passes before the next packet. */
    public Dialogue wait(Duration time) {
        nowNs += time.toNanos();
        return this;
    }

    /** Both sides end the connection, and the capture ends. */
    public Dialogue close() {
        if (tcp) {
            segment(true, TcpFlags.FIN | TcpFlags.ACK, NOTHING);
            clientSeq++;
            segment(false, TcpFlags.FIN | TcpFlags.ACK, NOTHING);
            serverSeq++;
            segment(true, TcpFlags.ACK, NOTHING);
        }
        return finish();
    }

    public CollectedEvents events() {
        return events;
    }

    /** The protocol's own objects of the events of one type. */
    public List<JsonNode> bodies(String type) {
        return events.bodies(type);
    }

    /** What the flow record says the protocol is; empty before {@link #close()} or if it says nothing. */
    public String appProto() {
        List<JsonNode> flows = events.ofType("flow");
        return flows.isEmpty() ? "" : flows.get(0).path("app_proto").asText();
    }

    private Dialogue send(boolean fromClient, byte[] bytes) {
        if (tcp) {
            segment(fromClient, TcpFlags.PSH | TcpFlags.ACK, bytes);
            segment(!fromClient, TcpFlags.ACK, NOTHING);
        } else {
            packet(ends(fromClient).udp(bytes));
        }
        return this;
    }

    private void segment(boolean fromClient, int flags, byte[] payload) {
        int seq = fromClient ? clientSeq : serverSeq;
        int ack = (flags & TcpFlags.ACK) == 0 ? 0 : fromClient ? serverSeq : clientSeq;
        packet(ends(fromClient).tcp(flags, seq, ack, payload));
        int taken = payload.length + ((flags & TcpFlags.SYN) != 0 ? 1 : 0);
        if (fromClient) {
            clientSeq += taken;
        } else {
            serverSeq += taken;
        }
    }

    private PacketBytes ends(boolean fromClient) {
        return fromClient
                ? PacketBytes.from(CLIENT, clientPort).to(SERVER, serverPort)
                : PacketBytes.from(SERVER, serverPort).to(CLIENT, clientPort);
    }

    private void packet(byte[] frame) {
        nowNs += STEP_NS;
        UnsafeBuffer bytes = new UnsafeBuffer(frame);
        pipeline.onPacket(raw.wrap(bytes, 0, frame.length).header(nowNs, frame.length, LinkType.ETHERNET));
        checkFailures();
    }

    private void checkFailures() {
        if (!toleratesFailures && pipeline.statistics().inspector().failures() > 0) {
            throw new AssertionError("a dissector has thrown an exception: see the log");
        }
    }
}
