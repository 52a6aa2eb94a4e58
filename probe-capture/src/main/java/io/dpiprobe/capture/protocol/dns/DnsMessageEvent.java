// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Writes the event for a message while reading it: that of DNS, or that of multicast DNS. */
interface DnsMessageEvent {
    /** Reads the message that the cursor holds and writes its event, unless the message turns out broken. */
    void write(Direction from, Cursor in, Session session);
}
