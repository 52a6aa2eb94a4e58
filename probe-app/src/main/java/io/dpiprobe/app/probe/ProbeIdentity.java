// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Names a run of the probe.
 *
 * @param id the sensor
 * @param epoch 8 hexadecimal digits, new at every start
 * @param started when it began
 */
public record ProbeIdentity(String id, String epoch, Instant started) {
    static ProbeIdentity ofNewRun(String id) {
        String epoch = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        return new ProbeIdentity(id, epoch, Instant.now());
    }
}
