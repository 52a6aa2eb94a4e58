// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dpiprobe.capture.source.LiveConfig.Fanout;
import io.dpiprobe.capture.source.LiveConfig.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LiveSourceTest {
    private static final int PORT = 7001;
    private static final String TO_PORT = "udp dst port " + PORT;
    private static final int BUFFER = 8 << 20;

    private NetworkLab lab;

    @BeforeEach
    void openLab() throws IOException, InterruptedException {
        lab = NetworkLab.open();
    }

    @AfterEach
    void closeLab() throws IOException, InterruptedException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void seesThePacketsThatPassTheFilter() throws IOException, InterruptedException {
        List<SeenPacket> seen = new ArrayList<>();
        long before = System.currentTimeMillis();
        try (PacketSource source = open(config(TO_PORT, BUFFER, Fanout.NONE))) {
            lab.send(PORT + 1, 20, 30);
            lab.send(PORT, 20, 30);
            pollUntil(() -> seen.size() == 20, packet -> seen.add(SeenPacket.of(packet)), source);
            pollUntil(() -> source.counters().captured() == 20, packet -> seen.add(SeenPacket.of(packet)), source);
            assertThat(source.counters()).isEqualTo(new SourceCounters(20, 20 * 72, 0, 0));
        }
        for (int i = 0; i < 20; i++) {
            SeenPacket packet = seen.get(i);
            assertThat(packet.bytes()).hasSize(14 + 20 + 8 + 30);
            assertThat(packet.bytes().get(42)).isEqualTo((byte) i);
            assertThat(packet.wireLength()).isEqualTo(72);
            assertThat(packet.linkType()).isEqualTo(1);
            assertThat(TimeUnit.NANOSECONDS.toMillis(packet.timestampNs()))
                    .isBetween(before, System.currentTimeMillis());
        }
        assertThat(seen).anyMatch(packet -> packet.timestampNs() % 1000 != 0);
    }

    @Test
    void takesAnotherFilterWhilePacketsCome() throws IOException, InterruptedException {
        LiveConfig config = config(TO_PORT, BUFFER, Fanout.NONE);
        try (PacketSource source = LiveCapture.open(config, SystemNanoClock.INSTANCE)) {
            lab.send(PORT, 3, 30);
            pollUntil(() -> source.counters().captured() == 3, packet -> {}, source);
            source.filter("udp dst port " + (PORT + 1));
            lab.send(PORT, 9, 30);
            lab.send(PORT + 1, 4, 30);
            pollUntil(() -> source.counters().captured() == 7, packet -> {}, source);
            assertThatThrownBy(() -> source.filter("to be or not")).isInstanceOf(InvalidFilterException.class);
            lab.send(PORT + 1, 1, 30);
            pollUntil(() -> source.counters().captured() == 8, packet -> {}, source);
            source.filter("udp and (dst port %d or dst port %d)".formatted(PORT, PORT + 1));
            lab.send(PORT, 2, 30);
            pollUntil(() -> source.counters().captured() == 10, packet -> {}, source);
        }
    }

    @Test
    @Tag("limit:CAPTURE_BUFFER_MB")
    void countsWhatTheKernelDropped() throws IOException, InterruptedException {
        int sent = 20_000;
        try (PacketSource source = open(config(TO_PORT, 64 << 10, Fanout.NONE))) {
            lab.send(PORT, sent, 1000);
            pollUntil(
                    () -> source.counters().captured() + source.counters().kernelDropped() == sent,
                    packet -> {},
                    source);
            assertThat(source.counters().captured()).isPositive();
            assertThat(source.counters().kernelDropped()).isPositive();
        }
    }

    @Test
    void sharesThePacketsAmongWorkers() throws IOException, InterruptedException {
        try (PacketSource first = open(config(TO_PORT, BUFFER, Fanout.of(0, 2)));
                PacketSource second = open(config(TO_PORT, BUFFER, Fanout.of(1, 2)))) {
            lab.send(PORT, 400, 30);
            pollUntil(
                    () -> first.counters().captured() + second.counters().captured() == 400,
                    packet -> {},
                    first,
                    second);
            assertThat(first.counters().captured()).isBetween(50L, 350L);
        }
    }

    /** A fragment has no ports: on its own it would go to another worker than the rest of its flow. */
    @Test
    void workersThatShareGetFragmentedPacketsWhole() throws IOException, InterruptedException {
        try (PacketSource first = open(config(TO_PORT, BUFFER, Fanout.of(0, 2)));
                PacketSource second = open(config(TO_PORT, BUFFER, Fanout.of(1, 2)))) {
            lab.send(PORT, 40, 5000);
            List<Integer> lengths = new ArrayList<>();
            pollUntil(() -> lengths.size() == 40, packet -> lengths.add(packet.capturedLength()), first, second);
            assertThat(lengths).containsOnly(14 + 20 + 8 + 5000);
            assertThat(first.counters().captured()).isBetween(1L, 39L);
        }
    }

    @Test
    void capturesFromSeveralInterfacesAtOnce() throws IOException, InterruptedException {
        String twice = lab.device() + ", " + lab.device();
        LiveConfig config = new LiveConfig(twice, 100, BUFFER, Mode.OWN_PACKETS, TO_PORT, Fanout.of(0, 1));
        try (PacketSource source = LiveCapture.open(config, SystemNanoClock.INSTANCE)) {
            lab.send(PORT, 5, 500);
            pollUntil(() -> source.counters().captured() == 10, packet -> {}, source);
            assertThat(source.counters().capturedBytes()).isEqualTo(1000);
        }
    }

    @Test
    void goesOnWhenTheInterfaceComesBack() throws IOException, InterruptedException {
        AtomicLong now = new AtomicLong();
        LiveConfig config = config(TO_PORT, BUFFER, Fanout.NONE);
        List<String> failures = new ArrayList<>();
        SourceOpener opener = () -> {
            try {
                return LiveSource.open(config, now::get);
            } catch (CaptureException e) {
                failures.add(e.getMessage());
                throw e;
            }
        };
        try (PacketSource source = ReopeningSource.open(opener, now::get)) {
            lab.disconnect();
            pollUntil(
                    () -> {
                        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                        return !failures.isEmpty();
                    },
                    packet -> {},
                    source);
            assertThat(failures.get(0)).contains("there is no such interface");
            lab.connect();
            now.addAndGet(TimeUnit.SECONDS.toNanos(60));
            source.poll(packet -> {}, 1);
            lab.send(PORT, 5, 30);
            pollUntil(() -> source.counters().captured() == 5, packet -> {}, source);
        }
    }

    @Test
    void goesOnWhenTheInterfaceIsUpAgain() throws IOException, InterruptedException {
        AtomicLong now = new AtomicLong();
        LiveConfig config = config(TO_PORT, BUFFER, Fanout.NONE);
        try (PacketSource source = ReopeningSource.open(() -> LiveSource.open(config, now::get), now::get)) {
            lab.down();
            for (int i = 0; i < 20; i++) {
                now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                source.poll(packet -> {}, 1);
            }
            lab.up();
            now.addAndGet(TimeUnit.SECONDS.toNanos(60));
            source.poll(packet -> {}, 1);
            lab.send(PORT, 5, 30);
            pollUntil(() -> source.counters().captured() == 5, packet -> {}, source);
        }
    }

    @Test
    void saysWhatIsWrongBeforeItBegins() {
        assertThatThrownBy(() -> open(config("udp prot 53", BUFFER, Fanout.NONE)))
                .isInstanceOf(InvalidFilterException.class)
                .hasMessageContaining("udp prot 53");
        LiveConfig absent = new LiveConfig("dptabsent0", 100, BUFFER, Mode.PROMISCUOUS, "", Fanout.NONE);
        assertThatThrownBy(() -> open(absent))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("no such interface")
                .hasMessageContaining(lab.device());
    }

    @Test
    void listsTheInterface() throws IOException {
        Interfaces.Interface found = Interfaces.list().stream()
                .filter(each -> each.name().equals(lab.device()))
                .findFirst()
                .orElseThrow();

        assertThat(found.isUp()).isTrue();
        assertThat(found.isLoopback()).isFalse();
    }

    private LiveConfig config(String filter, int bufferBytes, Fanout fanout) {
        return new LiveConfig(lab.device(), 65_535, bufferBytes, Mode.PROMISCUOUS, filter, fanout);
    }

    private static PacketSource open(LiveConfig config) throws IOException {
        return LiveSource.open(config, SystemNanoClock.INSTANCE);
    }

    private static void pollUntil(BooleanSupplier condition, PacketHandler handler, PacketSource... sources)
            throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            for (PacketSource source : sources) {
                source.poll(handler, 100);
            }
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not within 20 s; " + sources[0].counters());
            }
        }
    }
}
