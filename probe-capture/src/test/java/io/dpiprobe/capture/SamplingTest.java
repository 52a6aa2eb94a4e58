// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.SamplingMode;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.source.RawPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplingTest {
    private static final int FLOWS = 4000;
    private static final Duration UPDATES = Duration.ofSeconds(5);

    /** A query for the address of "a.example" (RFC 1035, 4). */
    private static final byte[] DNS_QUERY = {
        0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0, 0, 1, 0, 1
    };

    private final Admission admission = new Admission();

    /** Keeps what is offered and counts what is refused; each takes a sequence number. */
    private static final class Sink implements EventSink {
        private static final ObjectMapper JSON = new ObjectMapper();
        private final long[] seq = {1, 1, 1};
        private final List<JsonNode> kept = new ArrayList<>();
        private final Map<DropReason, Integer> refused = new EnumMap<>(DropReason.class);

        @Override
        public long nextSeq(Lane lane) {
            return seq[lane.index()];
        }

        @Override
        public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
            seq[lane.index()]++;
            byte[] bytes = new byte[length];
            event.getBytes(offset, bytes);
            try {
                kept.add(JSON.readTree(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        }

        @Override
        public void refuse(Lane lane, DropReason reason) {
            assertThat(lane).isNotEqualTo(Lane.HIGH);
            seq[lane.index()]++;
            refused.merge(reason, 1, Integer::sum);
        }

        @Override
        public void onTick(long nowNs) {}

        @Override
        public void flush() {}

        List<JsonNode> ofLane(Lane lane) {
            return kept.stream()
                    .filter(event -> event.at("/probe/lane").asText().equals(lane.label()))
                    .toList();
        }

        Set<String> flowsOf(Lane lane) {
            return ofLane(lane).stream()
                    .map(event -> event.path("community_id").asText())
                    .collect(Collectors.toSet());
        }

        /** How many events there were, as somebody would guess who knows only those that were kept. */
        double estimate(Lane lane) {
            return ofLane(lane).stream()
                    .mapToDouble(event -> 1 / event.at("/probe/sample_rate").asDouble(1))
                    .sum();
        }
    }

    /** Each flow makes a query (HIGH), then goes on long enough for an interim record (LOW), and ends (NORMAL). */
    private Sink run(SamplingMode mode, long seed) {
        Sink sink = new Sink();
        PacketPipeline pipeline = new PacketPipeline(
                new PipelineConfig(
                        new EventIdentity("p" + seed, "00000000", 0),
                        PacketNumbers.HIDDEN,
                        Secrets.HIDDEN,
                        EnumSet.allOf(EventType.class),
                        FLOWS * 2,
                        FlowTimeouts.of(Duration.ofMinutes(10)),
                        UPDATES,
                        Checksums.IGNORED,
                        seed,
                        new Sampling(admission, mode, seed)),
                Protocols.registry(),
                sink);
        for (int round = 0; round < 2; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                String client = "10.1." + flow / 250 + "." + (1 + flow % 250);
                byte[] frame =
                        PacketBytes.from(client, 4000).to("192.0.2.53", 53).udp(DNS_QUERY);
                long atNs =
                        Duration.ofHours(1).plus(UPDATES.multipliedBy(round)).toNanos() + flow;
                pipeline.onPacket(new RawPacket()
                        .wrap(new UnsafeBuffer(frame), 0, frame.length)
                        .header(atNs, frame.length, LinkType.ETHERNET));
            }
        }
        pipeline.finish();
        return sink;
    }

    @Test
    void keepsEverythingAndSaysNothingOfASampleRateWhileNothingIsSampled() {
        Sink sink = run(SamplingMode.FLOW, 1);

        assertThat(sink.refused).isEmpty();
        assertThat(sink.ofLane(Lane.HIGH).size()).isEqualTo(2 * FLOWS);
        assertThat(sink.ofLane(Lane.NORMAL).size()).isEqualTo(FLOWS);
        assertThat(sink.ofLane(Lane.LOW).size()).isEqualTo(FLOWS);
        assertThat(sink.kept).noneMatch(event -> event.at("/probe").has("sample_rate"));
    }

    @ParameterizedTest
    @EnumSource(
            value = SamplingMode.class,
            names = {"FLOW", "RANDOM"})
    void totalsCanBeEstimatedFromWhatIsKept(SamplingMode mode) {
        admission.share(Lane.NORMAL, 500);
        admission.share(Lane.LOW, 200);

        Sink sink = run(mode, 7);

        assertThat(sink.ofLane(Lane.HIGH).size()).isEqualTo(2 * FLOWS);
        assertThat(sink.ofLane(Lane.HIGH)).noneMatch(event -> event.at("/probe").has("sample_rate"));
        assertThat(sink.ofLane(Lane.NORMAL).size()).isBetween(FLOWS / 3, FLOWS * 2 / 3);
        // Four standard deviations of a binomial distribution, divided by the share.
        assertThat(sink.estimate(Lane.NORMAL)).isCloseTo(FLOWS, within(4 * Math.sqrt(FLOWS * 0.5 * 0.5) / 0.5));
        assertThat(sink.estimate(Lane.LOW)).isCloseTo(FLOWS, within(4 * Math.sqrt(FLOWS * 0.2 * 0.8) / 0.2));
        assertThat(sink.refused.getOrDefault(DropReason.SAMPLED, 0) + sink.kept.size())
                .isEqualTo(4 * FLOWS);
    }

    @Test
    void byFlowEverySensorDecidesTheSameAndASmallerShareIsPartOfALargerOne() {
        admission.share(Lane.NORMAL, 500);
        admission.share(Lane.LOW, 200);

        Sink here = run(SamplingMode.FLOW, 1);
        Sink there = run(SamplingMode.FLOW, 2);

        assertThat(there.flowsOf(Lane.NORMAL)).isEqualTo(here.flowsOf(Lane.NORMAL));
        assertThat(there.flowsOf(Lane.LOW)).isEqualTo(here.flowsOf(Lane.LOW));
        assertThat(here.flowsOf(Lane.NORMAL)).containsAll(here.flowsOf(Lane.LOW));
    }

    @Test
    void atRandomTwoSensorsDecideDifferently() {
        admission.share(Lane.NORMAL, 500);

        assertThat(run(SamplingMode.RANDOM, 1).flowsOf(Lane.NORMAL))
                .isNotEqualTo(run(SamplingMode.RANDOM, 2).flowsOf(Lane.NORMAL));
    }

    @Test
    void aLaneThatIsShedIsRefusedAltogether() {
        admission.share(Lane.LOW, Admission.NONE);

        Sink sink = run(SamplingMode.FLOW, 1);

        assertThat(sink.ofLane(Lane.LOW)).isEmpty();
        assertThat(sink.refused).isEqualTo(Map.of(DropReason.SHED, FLOWS));
        assertThat(sink.ofLane(Lane.NORMAL).size()).isEqualTo(FLOWS);
    }
}
