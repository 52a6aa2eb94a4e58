// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.flow.Direction;

/** Reads nothing: for protocols of which it is enough to know that they are spoken. */
public final class UnreadDissector implements Dissector {
    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        in.skip(in.remaining());
        session.finished();
        return Verdict.OK;
    }

    @Override
    public void reset() {}
}
