// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads DNS messages that are datagrams. */
final class DnsDissector implements Dissector {
    private final DnsMessageEvent event;

    DnsDissector(DnsMessageEvent event) {
        this.event = event;
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        event.write(from, in, session);
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }

    @Override
    public void reset() {}
}
