// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.Fault;
import io.dpiprobe.app.core.ReferenceCore;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.source.PcapBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline, packets in, acknowledged events out, over a real socket. */
class ProbeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(90);

    @TempDir
    private Path dir;

    @Test
    void deliversEveryEventOnce() throws Exception {
        Path capture = DnsCapture.write(dir.resolve("x.pcap"), 2000);
        Path store = dir.resolve("store.ndjson");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store));
                Probe probe = start(capture, core.url().toString(), Map.of())) {
            await(probe::isDone);
            assertThat(probe.ledger().imbalance()).isZero();
            assertThat(core.duplicateEvents()).isZero();
        }
        List<JsonNode> events = captured(store);
        assertThat(events).hasSize(4000);
        assertThat(names(events)).hasSize(2000);
        assertInOrder(events);
    }

    @Test
    void losesNothingAndKeepsOrderWhileCoreIsAway() throws Exception {
        Path capture = DnsCapture.write(dir.resolve("x.pcap"), 20_000); // some 18 MB of events
        Path store = dir.resolve("store.ndjson");
        int port = freePort();
        Map<String, String> small = Map.of("MAX_BUFFER_SIZE_MB", "8", "BACKOFF_MAX_MS", "200");
        try (Probe probe = start(capture, "http://127.0.0.1:" + port, small)) {
            await(() -> probe.workers().stream().allMatch(CaptureWorker::isDone));
            assertThat(onDisk(probe)).isPositive();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store).withListen(address))) {
                await(probe::isDone);
                assertThat(core.duplicateEvents()).isZero();
            }
            assertThat(probe.ledger().total(lane -> lane.droppedTotal())).isZero();
            assertThat(probe.ledger().imbalance()).isZero();
        }
        List<JsonNode> events = captured(store);
        assertThat(events).hasSize(40_000);
        assertInOrder(events);
    }

    @Test
    void givesUpTheOldestCountedWhenCoreRefusesForTooLong() throws Exception {
        Path capture = DnsCapture.write(dir.resolve("x.pcap"), 60_000); // some 54 MB of events
        Map<String, String> small =
                Map.of("MAX_BUFFER_SIZE_MB", "8", "MAX_DISK_BUFFER_MB", "16", "BUFFER_FULL_POLICY", "drop-oldest");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null).withFaults(List.of(Fault.parse("429"))));
                Probe probe = start(capture, core.url().toString(), small)) {
            await(() -> probe.workers().stream().allMatch(CaptureWorker::isDone));
            LedgerSnapshot ledger = probe.ledger();
            assertThat(ledger.total(lane -> lane.accepted())).isGreaterThanOrEqualTo(120_000);
            assertThat(ledger.total(lane -> lane.acked())).isZero();
            assertThat(ledger.total(lane -> lane.droppedTotal())).isPositive();
            for (Lane lane : Lane.values()) {
                assertThat(dropped(ledger, lane, DropReason.MEMORY_FULL, DropReason.DISK_FULL))
                        .isEqualTo(ledger.lane(lane).droppedTotal());
            }
            assertThat(ledger.imbalance()).isZero();
        }
    }

    @Test
    void spillsMemoryWhenItStopsAndDeliversItAfterTheNextStart() throws Exception {
        Path capture = DnsCapture.write(dir.resolve("x.pcap"), 1000);
        Path nothing = DnsCapture.write(dir.resolve("y.pcap"), 1);
        String nowhere = "http://127.0.0.1:" + freePort();
        try (Probe probe = start(capture, nowhere, Map.of())) {
            await(() -> probe.workers().stream().allMatch(CaptureWorker::isDone));
        }
        Path store = dir.resolve("store.ndjson");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store));
                Probe probe = start(nothing, core.url().toString(), Map.of())) {
            await(probe::isDone);
        }
        assertThat(names(captured(store))).hasSize(1000); // the one of the second capture is among them
    }

    @Test
    void keepsSecretsOnTheWireUnlessToldNotTo() throws Exception {
        assertThat(community(Map.of())).isEqualTo("***");
        assertThat(community(Map.of("LOG_SECRETS", "true"))).isEqualTo("hush");
    }

    /** What events say of the community in a request for nothing, by SNMP of version 1. */
    private String community(Map<String, String> settings) throws Exception {
        byte[] get = HexFormat.of().parseHex("3016" + "020100" + "040468757368" + "a00b020101020100020100" + "3000");
        byte[] packet = PacketBytes.from("10.0.0.1", 40_000).to("10.0.0.2", 161).udp(get);
        PcapBytes capture = new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, LinkType.ETHERNET);
        Path file = Files.write(
                dir.resolve("snmp.pcap"),
                capture.packet(1_700_000_000, 0, packet).bytes());
        Path store = Files.createTempFile(dir, "store", ".ndjson");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store));
                Probe probe = start(file, core.url().toString(), settings)) {
            await(probe::isDone);
        }
        return captured(store).stream()
                .map(event -> event.at("/snmp/community").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Probe start(Path capture, String core, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CAPTURE_FILE",
                capture.toString(),
                "CAPTURE_SPEED",
                "max",
                "CORE_API_URL",
                core,
                "BUFFER_DIR",
                dir.resolve("buffer").toString(),
                "PROBE_ID",
                "test"));
        environment.putAll(more);
        Configuration config = Configuration.read(environment);
        Probe probe = Probe.open(config, CaptureInput.of(config.capture()));
        probe.start();
        return probe;
    }

    private static long onDisk(Probe probe) {
        return probe.ledger().total(lane -> lane.onDisk());
    }

    private static long dropped(LedgerSnapshot ledger, Lane lane, DropReason... reasons) {
        long sum = 0;
        for (DropReason reason : reasons) {
            sum += ledger.lane(lane).dropped().getOrDefault(reason, 0L);
        }
        return sum;
    }

    /** The events of a store that come from packets. */
    private static List<JsonNode> captured(Path store) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(store)) {
            JsonNode event = JSON.readTree(line);
            if (!event.path("event_type").asText().equals("ledger")) {
                events.add(event);
            }
        }
        return events;
    }

    private static Set<String> names(List<JsonNode> events) {
        Set<String> names = new HashSet<>();
        for (JsonNode event : events) {
            if (event.has("dns")) {
                names.add(event.at("/dns/queries/0/rrname").asText());
            }
        }
        return names;
    }

    /** Sequence numbers rise by one in each lane. */
    private static void assertInOrder(List<JsonNode> events) {
        Map<String, Long> last = new HashMap<>();
        for (JsonNode event : events) {
            ObjectNode probe = (ObjectNode) event.path("probe");
            String lane = probe.path("lane").asText();
            long expected = last.getOrDefault(lane, 0L) + 1;
            assertThat(probe.path("seq").asLong()).as(lane).isEqualTo(expected);
            last.put(lane, expected);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
