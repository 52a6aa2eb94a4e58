// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.flow.FlowTable;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.flow.Heap;
import io.dpiprobe.capture.flow.HeapRoom;
import io.dpiprobe.capture.packet.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Measures writing one event as JSON: what all events have, and an object of three texts and two numbers. */
public class JsonBenchmark extends PartBenchmark {
    private static final long TIME_NS = Duration.ofDays(20_000).toNanos();

    /** The longest of the texts, in characters that stand as they are and ones that are escaped. */
    @Param({"/images/2026/11/a-photograph-of-a-harbour.jpeg?width=1024", "/\"quoted\"\\and\tescaped"})
    String url = "";

    private final DiscardedEvents sink = new DiscardedEvents();
    private final EventWriter events = new EventWriter(
            sink, new EventIdentity("bench", "00000000", 0), PacketNumbers.HIDDEN, EnumSet.allOf(EventType.class));
    private final Flow flow = new FlowTable<>(
                    1,
                    new HeapRoom(Heap.OWN),
                    42,
                    FlowTimeouts.of(Duration.ofMinutes(5)),
                    Flow::new,
                    (ended, reason) -> {})
            .begin(DecodedPackets.first(Trace.HTTP, 1));
    private final Slice hostname = slice("www.example.com");
    private final Slice method = slice("GET");
    private Slice path = new Slice();

    @Setup
    public void encodeUrl() {
        path = slice(url);
    }

    /** One event of about 500 bytes. */
    @Benchmark
    public long event() {
        events.atPacket(TIME_NS + sink.offered(), 1);
        JsonWriter json = events.begin(EventType.HTTP, flow, Direction.TO_SERVER);
        json.number("tx_id", 0).beginObject("http");
        json.wire("hostname", hostname).wire("url", path).wire("http_method", method);
        json.number("status", 200).number("length", sink.offered()).endObject();
        events.end(0);
        return sink.offered();
    }

    private static Slice slice(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
