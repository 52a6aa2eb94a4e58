// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static io.dpiprobe.transport.FakeCore.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Core will never take: found, set aside and counted, but never because Core is out of order itself. */
class PoisonTest extends RuledDelivery {
    @Test
    void countsWhatIsQuarantinedByReason() {
        source.add(3);
        source.add(3);
        FakeCore core = new FakeCore(request -> request.seqs().contains(2L)
                ? status(413)
                : status(200, "{\"status\":\"PARTIAL\",\"rejected\":[{\"seq\":5,\"code\":\"of my own\"}]}"));
        Transport transport = transport(core);
        run(transport, core, Duration.ofSeconds(1));
        assertThat(transport.statistics().quarantinedByReason())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("http_400", 0L, "http_422", 0L, "oversize", 1L, "rejected", 1L));
    }

    @Test
    void bisectsToThePoisonousEvent() throws IOException {
        long seed = System.nanoTime();
        long poison = 1L + new Random(seed).nextInt(1000);
        source.add(1000, Encoding.ZSTD);
        FakeCore core =
                deliver(request -> request.seqs().contains(poison) ? status(422) : status(200), Duration.ofSeconds(1));
        assertThat(core.taken()).as("seed " + seed).hasSize(999).doesNotContain(poison);
        assertThat(source.settlements()).containsExactly(new Settlement(999, 1, 0));
        assertThat(quarantined()).hasSize(1).first().asString().contains("\"seq\":" + poison + "}");
    }

    @Test
    void holdsEverythingWhenCoreRefusesEverything() {
        source.add(100);
        long fixedNs = nowNs + TimeUnit.SECONDS.toNanos(100);
        FakeCore core = deliver(request -> status(nowNs < fixedNs ? 400 : 200), Duration.ofSeconds(140));
        assertThat(core.taken()).hasSize(100);
        assertThat(source.settlements()).containsExactly(new Settlement(100, 0, 0));
        assertThat(dir.resolve(Quarantine.FILE)).doesNotExist();
        assertThat(availability).containsExactly(true, false);
    }

    @Test
    void halvesWhatIsTooLargeAndRemembersIt() {
        source.add(100);
        source.add(100);
        FakeCore core = deliver(request -> status(request.seqs().size() > 30 ? 413 : 200), Duration.ofSeconds(1));
        assertThat(core.taken()).hasSize(200);
        assertThat(core.requests().stream().filter(r -> r.seqs().size() > 30)).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void quarantinesASingleEventThatIsTooLarge() throws IOException {
        source.add(4);
        deliver(request -> status(request.seqs().contains(2L) ? 413 : 200), Duration.ofSeconds(1));
        assertThat(source.settlements()).containsExactly(new Settlement(3, 1, 0));
        assertThat(quarantined()).hasSize(1).first().asString().startsWith("{\"reason\":\"oversize\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void keepsSmallBatchesOfACoreThatRefusesEverything(int events) {
        source.add(events);
        source.add(events, Encoding.ZSTD);
        long fixedNs = nowNs + TimeUnit.SECONDS.toNanos(100);
        FakeCore core = deliver(request -> status(nowNs < fixedNs ? 400 : 200), Duration.ofSeconds(140));
        assertThat(core.taken()).hasSize(2 * events);
        assertThat(dir.resolve(Quarantine.FILE)).doesNotExist();
    }

    @Test
    void keepsWhatIsRefusedOneByOneWhenThatIsEverything() {
        source.add(3);
        source.add(100, Encoding.ZSTD);
        long fixedNs = nowNs + TimeUnit.SECONDS.toNanos(100);
        FakeCore core = deliver(
                request -> nowNs < fixedNs ? status(200, rejectionOf(request.seqs())) : status(200),
                Duration.ofSeconds(140));
        assertThat(source.settlements()).contains(new Settlement(3, 0, 0), new Settlement(100, 0, 0));
        assertThat(dir.resolve(Quarantine.FILE)).doesNotExist();
        assertThat(availability).containsExactly(true, false);
        assertThat(core.requests()).hasSizeLessThan(30);
    }

    private static String rejectionOf(List<Long> seqs) {
        String each = seqs.stream()
                .map(seq -> "{\"seq\":" + seq + ",\"code\":\"schema\"}")
                .collect(Collectors.joining(","));
        return "{\"status\":\"PARTIAL\",\"rejected\":[" + each + "]}";
    }

    @Test
    void givesUpABadBatchOnceCoreTookAnother() throws IOException {
        source.add(1);
        source.add(1);
        FakeCore core = deliver(request -> status(request.seqs().contains(1L) ? 400 : 200), Duration.ofSeconds(2));
        assertThat(core.taken()).containsExactly(2L);
        assertThat(source.settlements()).containsExactlyInAnyOrder(new Settlement(1, 0, 0), new Settlement(0, 1, 0));
        assertThat(quarantined()).hasSize(1).first().asString().contains("\"seq\":1}");
    }

    @Test
    void findsManyBadEventsAmongGoodOnes() throws IOException {
        source.add(1000);
        source.add(1000);
        FakeCore core = deliver(
                request -> status(request.seqs().stream().anyMatch(seq -> seq % 97 == 0) ? 400 : 200),
                Duration.ofMinutes(3));
        assertThat(core.taken()).hasSize(2000 - 2000 / 97);
        assertThat(quarantined()).hasSize(2000 / 97);
    }
}
