// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.demo.SampleProbe;
import io.dpiprobe.app.tap.StreamOptions.Strategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventTapTest {
    private final EventTap tap = new EventTap();

    private static StreamOptions options(Strategy strategy, int buffer, EventFilter filter) {
        return new StreamOptions(filter, buffer, 1000, strategy, Duration.ofSeconds(1), 1000);
    }

    private void event(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tap.onEvent(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private EventStream watch(StreamOptions options) {
        return Objects.requireNonNull(tap.watch(options));
    }

    private static String next(EventStream stream) throws InterruptedException {
        byte[] event = stream.take(Duration.ofSeconds(20).toNanos());
        return event == null ? "" : new String(event, StandardCharsets.UTF_8);
    }

    @Test
    void showsNothingOfWhatCameBefore() throws Exception {
        event("before");
        try (EventStream stream = watch(options(Strategy.DROP_OLDEST, 10, EventFilter.ALL))) {
            event("after");
            assertThat(next(stream)).isEqualTo("after");
        }
        assertThat(tap.shown()).isEqualTo(1);
    }

    @Test
    void startsAgainAfterTheLastWatcherHasGone() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (EventStream stream = watch(options(Strategy.DROP_OLDEST, 10, EventFilter.ALL))) {
                event("event " + i);
                assertThat(next(stream)).isEqualTo("event " + i);
            }
            assertThat(tap.watched()).isZero();
        }
    }

    @Test
    void givesASlowReaderTheNewestAndCountsTheRest() throws Exception {
        try (EventStream stream = watch(options(Strategy.DROP_OLDEST, 3, EventFilter.ALL))) {
            for (int i = 0; i < 10; i++) {
                event("event " + i);
            }
            SampleProbe.await("all are there", () -> tap.shown() == 10);
            assertThat(next(stream)).isEqualTo("event 7");
            assertThat(stream.missed()).isEqualTo(7);
        }
    }

    @Test
    void keepsWhatWaitsForAReaderThatWantsNoHoles() throws Exception {
        try (EventStream stream = watch(options(Strategy.BLOCK, 3, EventFilter.ALL))) {
            for (int i = 0; i < 10; i++) {
                event("event " + i);
            }
            SampleProbe.await("all are there", () -> tap.shown() == 10);
            assertThat(next(stream)).isEqualTo("event 0");
            assertThat(next(stream)).isEqualTo("event 1");
            assertThat(stream.missed()).isEqualTo(7);
        }
    }

    @Test
    @Tag("limit:EventTap.RING_BYTES")
    void neverWaitsForRoom() {
        try (EventStream stream = watch(options(Strategy.BLOCK, 10, EventFilter.ALL))) {
            byte[] large = new byte[100_000];
            for (int i = 0; i < 10_000; i++) {
                tap.onEvent(new UnsafeBuffer(large), 0, large.length);
            }
            assertThat(stream.missed()).isPositive();
        }
    }

    @Test
    void filtersByTypeAndHostAtTheTopOfTheEvent() {
        String event = "{\"timestamp\":\"t\",\"event_type\":\"dns\",\"src_ip\":\"10.0.0.1\",\"dest_ip\":\"10.0.0.2\","
                + "\"dns\":{\"rrname\":\"\\\"event_type\\\":\\\"tls\\\"\"}}";
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        assertThat(EventFilter.ALL.passes(bytes)).isTrue();
        assertThat(new EventFilter(Set.of("dns", "http"), Set.of()).passes(bytes))
                .isTrue();
        assertThat(new EventFilter(Set.of("tls"), Set.of()).passes(bytes)).isFalse();
        assertThat(new EventFilter(Set.of(), Set.of("10.0.0.2")).passes(bytes)).isTrue();
        assertThat(new EventFilter(Set.of(), Set.of("10.0.0")).passes(bytes)).isFalse();
        assertThat(new EventFilter(Set.of("dns"), Set.of("10.9.9.9")).passes(bytes))
                .isFalse();
    }

    @Test
    @Tag("limit:EventStream.MAX_WAITING_BYTES")
    void holdsSoManyBytesForAReader() {
        try (EventStream stream = watch(options(Strategy.BLOCK, 10_000, EventFilter.ALL))) {
            byte[] large = new byte[1 << 20];
            for (int i = 0; i < 20; i++) {
                stream.onEvent(large);
            }
            assertThat(stream.missed()).isEqualTo(20 - 8);
        }
    }
}
