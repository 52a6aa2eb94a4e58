// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.function.Supplier;

/** Reads DNS messages that are datagrams. It remembers nothing: what it reads with is shared by the flows of a worker. */
final class DnsDissector<E extends DnsMessageEvent> implements Dissector {
    private final Class<E> type;
    private final Supplier<E> event;

    DnsDissector(Class<E> type, Supplier<E> event) {
        this.type = type;
        this.event = event;
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        session.shared(type, event).write(from, in, session);
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }

    @Override
    public void reset() {}
}
