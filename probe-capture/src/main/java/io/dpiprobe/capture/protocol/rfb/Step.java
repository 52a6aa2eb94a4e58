// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import io.dpiprobe.capture.flow.Direction;

/** Names what comes next in a handshake, and from whom. */
enum Step {
    SERVER_VERSION(Direction.TO_CLIENT),
    CLIENT_VERSION(Direction.TO_SERVER),
    SECURITY_TYPES(Direction.TO_CLIENT),
    SECURITY_CHOICE(Direction.TO_SERVER),
    CHALLENGE(Direction.TO_CLIENT),
    RESPONSE(Direction.TO_SERVER),
    RESULT(Direction.TO_CLIENT),
    REASON(Direction.TO_CLIENT),
    CLIENT_INIT(Direction.TO_SERVER),
    SERVER_INIT(Direction.TO_CLIENT),
    DONE(Direction.TO_CLIENT);

    final Direction from;

    Step(Direction from) {
        this.from = from;
    }
}
