// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @Test
    void readsAStatusWithItsLimits() {
        assertThat(Fault.parse("429,retry-after=2:requests=10,at=5s"))
                .isEqualTo(
                        Fault.status(429).withRetryAfter("2").withRequests(10).withAt(Duration.ofSeconds(5)));
    }

    @Test
    void readsKinds() {
        assertThat(Fault.parse("header:for=10s"))
                .isEqualTo(Fault.of(Fault.Kind.HEADER).withLasts(Duration.ofSeconds(10)));
        assertThat(Fault.parse("hang")).isEqualTo(Fault.of(Fault.Kind.HANG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "200", "4290", "slowly", "429:for=", "429:for=5", "429:requests=0", "429,x=1", "429:"})
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fault");
    }

    @Test
    void hitsAsManyRequestsAsSaid() {
        Faults faults = new Faults();
        faults.add(Fault.status(503).withRequests(2).withAt(Duration.ofNanos(10)), 0);
        assertThat(faults.next(9)).isNull();
        assertThat(faults.next(10)).isNotNull();
        assertThat(faults.next(11)).isNotNull();
        assertThat(faults.next(12)).isNull();
    }
}
