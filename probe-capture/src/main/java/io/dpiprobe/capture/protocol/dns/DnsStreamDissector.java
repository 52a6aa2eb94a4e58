// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads DNS messages from a stream, each behind its length (RFC 1035, 4.2.2; RFC 7766). */
final class DnsStreamDissector implements Dissector {
    private final DnsHeader header = new DnsHeader();
    private final boolean[] searching = new boolean[2];

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (searching[from.ordinal()] && !findsMessage(from, in)) {
            return Verdict.OK;
        }
        int outer = in.enter(in.u16());
        if (!in.failed()) {
            session.shared(DnsEvent.class, DnsEvent::new).write(from, in, session);
        }
        in.leave(outer);
        return in.verdict();
    }

    /** Messages often begin where segments do, so reading goes on at the first that looks like one. */
    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        searching[from.ordinal()] = true;
        return Verdict.OK;
    }

    @Override
    public void reset() {
        searching[0] = false;
        searching[1] = false;
    }

    private boolean findsMessage(Direction from, Cursor in) {
        int length = in.remaining();
        in.require(in.u16() >= DnsHeader.LENGTH);
        header.read(in);
        boolean found = !in.failed() && header.isResponse() == (from == Direction.TO_CLIENT);
        in.wrap(in.buffer(), in.position() - in.consumed(), length);
        if (found) {
            searching[from.ordinal()] = false;
        } else {
            in.skip(length);
        }
        return found;
    }
}
