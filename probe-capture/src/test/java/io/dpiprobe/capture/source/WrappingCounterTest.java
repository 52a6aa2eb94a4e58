// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingCounterTest {
    private final WrappingCounter counter = new WrappingCounter();

    @Test
    void goesOnPastTheWrapAround() {
        counter.update(2_000_000_000);
        counter.update((int) 4_000_000_000L);
        counter.update((int) 4_294_967_295L);
        counter.update(4);

        assertThat(counter.total()).isEqualTo((1L << 32) + 4);
    }

    @Test
    void countsNothingWhenTheCounterBeginsAnew() {
        counter.update(1000);
        counter.update(0);
        counter.update(5);

        assertThat(counter.total()).isEqualTo(1005);
    }
}
