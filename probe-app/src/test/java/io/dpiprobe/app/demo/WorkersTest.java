// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.app.cli.CommandTree;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.ReferenceCore;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.CaptureInput.TimeBase;
import io.dpiprobe.app.probe.DnsCapture;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import io.dpiprobe.capture.source.SourceCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Capture workers, each on its thread with its share of the flows, together say what one worker says of all: the same
 * events of each flow, in the same order within a lane. What differs is the order among flows, and what belongs to a
 * worker and its run: sequence numbers, flow numbers, and when a flow is found to have ended.
 */
class WorkersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 30;
    private static final int FLOWS_OF_A_ROUND = 6;
    /** Behind Ethernet and IPv4 without options. */
    private static final int SOURCE_PORT_AT = 14 + 20;

    private static final long START_NS = TimeUnit.SECONDS.toNanos(1_700_000_000);
    private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(90);

    @TempDir
    private Path dir;

    @Test
    void workersOnTheirThreadsSayTogetherWhatOneSays() throws Exception {
        List<TimedFrame> traffic = traffic();
        Map<String, List<JsonNode>> one = events(traffic, 1);

        assertThat(one).hasSizeGreaterThan(ROUNDS * FLOWS_OF_A_ROUND);
        assertThat(events(traffic, 2)).isEqualTo(one);
        assertThat(events(traffic, 4)).isEqualTo(one);
    }

    /** Files are read by several threads at once, one each. */
    @Test
    void filesReadAtOnceGiveTheBytesOfEachReadAlone() throws Exception {
        List<String> names =
                IntStream.range(0, 8).mapToObj(i -> "capture-" + i + ".pcap").toList();
        for (int i = 0; i < names.size(); i++) {
            DnsCapture.write(dir.resolve(names.get(i)), 100 + 50 * i);
        }
        Path list = Files.write(dir.resolve("list"), names);
        assertThat(CommandTree.run(
                        "read",
                        "--each",
                        "--base-dir=" + dir,
                        "--output-dir=" + dir.resolve("out"),
                        "--files-from=" + list))
                .isZero();

        for (String name : names) {
            Path alone = dir.resolve("alone.json");
            assertThat(CommandTree.run("read", dir.resolve(name).toString(), "-o", alone.toString()))
                    .isZero();
            assertThat(dir.resolve("out").resolve(name).resolve("eve.json")).hasSameBinaryContentAs(alone);
        }
    }

    private static List<TimedFrame> traffic() throws IOException {
        SampleTraffic sample = SampleTraffic.create();
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Frame each : sample.round(i)) {
                frames.add(new TimedFrame(START_NS + i * ROUND_NS + each.offsetNs(), each.bytes()));
            }
        }
        return frames;
    }

    /** What Core has stored of each flow and lane. */
    private Map<String, List<JsonNode>> events(List<TimedFrame> traffic, int workers) throws Exception {
        Path store = dir.resolve("store-" + workers + ".ndjson");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store))) {
            Map<String, String> environment = Map.of(
                    "PROBE_ID",
                    "test",
                    "CORE_API_URL",
                    core.url().toString(),
                    "BUFFER_DIR",
                    dir.resolve("buffer-" + workers).toString(),
                    "ENABLE_ADAPTIVE_SAMPLING",
                    "false");
            List<CaptureInput> inputs = IntStream.range(0, workers)
                    .mapToObj(i -> new CaptureInput(TimeBase.FILE, () -> new Share(traffic, workers, i)))
                    .toList();
            try (Probe probe = Probe.open(Configuration.read(environment), inputs)) {
                probe.start();
                long deadline = System.nanoTime() + DEADLINE_NS;
                while (!probe.isDone()) {
                    assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
                    Thread.onSpinWait();
                }
            }
        }
        return ofEachFlowAndLane(store);
    }

    private static Map<String, List<JsonNode>> ofEachFlowAndLane(Path store) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(store)) {
            events.add(JSON.readTree(line));
        }
        events.sort(Comparator.comparingLong(event -> event.at("/probe/seq").asLong()));
        Map<String, List<JsonNode>> sorted = new TreeMap<>();
        for (JsonNode each : events) {
            if (each.has("community_id")) {
                String key = each.path("community_id").asText() + " "
                        + each.at("/probe/lane").asText();
                sorted.computeIfAbsent(key, unused -> new ArrayList<>()).add(essence(each));
            }
        }
        return sorted;
    }

    private static JsonNode essence(JsonNode event) {
        ObjectNode essence = event.deepCopy();
        essence.remove(List.of("flow_id", "pcap_cnt"));
        ((ObjectNode) essence.path("probe")).remove(List.of("epoch", "worker", "seq"));
        if (event.path("event_type").asText().equals("flow")) {
            essence.remove("timestamp");
            ((ObjectNode) essence.path("flow")).remove("reason");
        }
        return essence;
    }

    /** A frame, and when it is seen. */
    private static final class TimedFrame {
        private final long timestampNs;
        private final byte[] bytes;

        TimedFrame(long timestampNs, byte[] bytes) {
            this.timestampNs = timestampNs;
            this.bytes = bytes;
        }

        /** The client's port, which no two flows share. */
        int flow() {
            ByteBuffer frame = ByteBuffer.wrap(bytes);
            return Math.max(frame.getChar(SOURCE_PORT_AT), frame.getChar(SOURCE_PORT_AT + 2));
        }
    }

    /** Hands over the packets of some of the flows, as the kernel shares them out. */
    private static final class Share implements PacketSource {
        private final List<TimedFrame> frames;
        private final RawPacket packet = new RawPacket();
        private int next;

        Share(List<TimedFrame> traffic, int workers, int worker) {
            frames = traffic.stream()
                    .filter(frame -> frame.flow() % workers == worker)
                    .toList();
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            int count = 0;
            for (; count < limit && next < frames.size(); count++) {
                TimedFrame frame = frames.get(next++);
                handler.onPacket(packet.wrap(new UnsafeBuffer(frame.bytes), 0, frame.bytes.length)
                        .header(frame.timestampNs, frame.bytes.length, LinkType.ETHERNET));
            }
            return count;
        }

        @Override
        public boolean isExhausted() {
            return next == frames.size();
        }

        @Override
        public SourceCounters counters() {
            return SourceCounters.ZERO;
        }

        @Override
        public void close() {}
    }
}
