// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampUnitTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1700000000, 1700000000000000000",
        "3, 0, 1700000000123, 1700000000123000000",
        "6, 0, 1700000000123456, 1700000000123456000",
        "9, 0, 1700000000123456789, 1700000000123456789",
        "12, 0, 1700000123456, 1700000123",
        "127, 0, 1700000123456, 0",
        "128, 0, 1700000000, 1700000000000000000",
        "138, 0, 1740800000512, 1700000000500000000",
        "160, 0, 7301444403200000000, 1700000000000000000",
        "190, 0, 1152921504606846976, 250000000",
        "190, 0, 1729382256910270464, 375000000",
        "191, 0, 4611686018427387904, 500000000",
        "255, 0, 4611686018427387904, 0",
        "6, -3600, 7200000001, 3600000001000"
    })
    void convertsToNanoseconds(int resolution, long offsetSeconds, long units, long expectedNs) {
        assertThat(TimestampUnit.of(resolution, offsetSeconds).toNs(units)).isEqualTo(expectedNs);
    }
}
