// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import java.util.ArrayDeque;

/** Keeps what follows the files in bodies for the next body that has a byte. One per worker. */
final class BodyFilePool {
    /** Idle ones that are kept each way; further ones are made anew. */
    private static final int MAX_IDLE = 1024;

    private final ArrayDeque<BodyFile> ofRequests = new ArrayDeque<>();
    private final ArrayDeque<BodyFile> ofResponses = new ArrayDeque<>();

    BodyFile borrow(Direction direction) {
        BodyFile idle = idle(direction).pollLast();
        return idle != null ? idle : new BodyFile(direction);
    }

    void giveBack(Direction direction, BodyFile file) {
        if (idle(direction).size() < MAX_IDLE) {
            idle(direction).addLast(file);
        }
    }

    private ArrayDeque<BodyFile> idle(Direction direction) {
        return direction == Direction.TO_SERVER ? ofRequests : ofResponses;
    }
}
