// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DropRateTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final DropRate rate = new DropRate();

    @Test
    void isNothingAtTheStart() {
        assertThat(rate.perSecond()).isZero();
        rate.sample(5, 0);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void isTheMeanOfTheLastTenSeconds() {
        for (int second = 0; second <= 100; second++) {
            rate.sample(second * SECOND_NS, second <= 95 ? 0 : (second - 95) * 1000L);
        }
        assertThat(rate.perSecond()).isEqualTo(500);
    }

    @Test
    void forgetsWhatIsOver() {
        rate.sample(0, 0);
        for (int second = 1; second <= 12; second++) {
            rate.sample(second * SECOND_NS, 1_000_000);
        }
        assertThat(rate.perSecond()).isZero();
    }
}
