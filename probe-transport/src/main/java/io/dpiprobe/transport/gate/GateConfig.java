// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.time.Duration;

/**
 * Says how patient the gate is.
 *
 * @param backoffInitial wait after the first failure
 * @param backoffMax longest wait between attempts
 * @param jitter share of a wait by which it may be shortened, 0 to 1; 0 is exact
 * @param failureThreshold consecutive failures that open the breaker
 * @param successThreshold successes that close it
 * @param recoveryTimeout longest time that it stays open before the next trial
 * @param holdPace time between attempts while Core answers with configuration errors
 * @param eventsPerSecond rate limit; 0 is none
 */
public record GateConfig(
        Duration backoffInitial,
        Duration backoffMax,
        double jitter,
        int failureThreshold,
        int successThreshold,
        Duration recoveryTimeout,
        Duration holdPace,
        double eventsPerSecond) {
    /** The defaults of the configuration. */
    public static GateConfig defaults() {
        return new GateConfig(
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                0.2,
                5,
                2,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                0);
    }
}
