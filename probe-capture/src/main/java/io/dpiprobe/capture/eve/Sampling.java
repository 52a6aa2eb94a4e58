// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.SamplingMode;

/**
 * Says which events are kept when Core takes only some.
 *
 * @param admission the shares, as they change
 * @param mode how the kept ones are chosen
 * @param seed of the randomness, where there is any
 */
public record Sampling(Admission admission, SamplingMode mode, long seed) {
    /** Keeps everything. */
    public static Sampling none() {
        return new Sampling(new Admission(), SamplingMode.OFF, 0);
    }
}
