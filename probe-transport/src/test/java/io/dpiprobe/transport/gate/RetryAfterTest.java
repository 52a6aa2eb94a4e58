// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final String NOW = "Sat, 21 Nov 2026 06:00:00 GMT";

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse("2", NOW)).isEqualTo(TimeUnit.SECONDS.toNanos(2));
        assertThat(RetryAfter.parse("0", null)).isZero();
    }

    @Test
    void readsADateByTheClockOfCore() {
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 06:00:07 GMT", NOW)).isEqualTo(TimeUnit.SECONDS.toNanos(7));
    }

    @Test
    void readsNoDateWithoutTheClockOfCore() {
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 06:00:07 GMT", null)).isEqualTo(RetryAfter.NONE);
    }

    @ParameterizedTest
    @Tag("limit:RetryAfter.MAX_NS")
    @ValueSource(strings = {"301", "99999999999", "99999999999999999999999999", "Sat, 21 Nov 2099 06:00:00 GMT"})
    void clampsWhatIsTooLong(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(RetryAfter.MAX_NS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\u0001", "-1", "1.5", "soon", "Sat, 21 Nov 2026 05:00:00 GMT", "2026-11-21T06:00:07Z"})
    void ignoresWhatMakesNoSense(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(RetryAfter.NONE);
    }
}
