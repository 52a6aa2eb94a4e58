// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads LLMNR from a stream, each message behind its length as in DNS (RFC 4795, 2.4; RFC 1035, 4.2.2). */
final class NameServiceStreamDissector implements Dissector {
    private final NameServiceDissector messages;
    private final Slice bytes = new Slice();
    private final Cursor inside = new Cursor();

    NameServiceStreamDissector(NameService service) {
        this.messages = new NameServiceDissector(service);
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        in.slice(in.u16(), bytes);
        return in.failed() ? in.verdict() : messages.onData(from, inside.wrap(bytes), session);
    }

    @Override
    public void reset() {}
}
