// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import java.util.List;

/** Says which way a packet or an event goes within its flow. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT;

    public static final List<Direction> BOTH = List.of(TO_SERVER, TO_CLIENT);

    public Direction opposite() {
        return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
    }
}
