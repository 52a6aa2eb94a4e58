// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads one resource record up to its data (RFC 1035, 4.1.3). */
final class DnsRecord {
    final DnsName name = new DnsName();
    final Slice data = new Slice();
    int type;
    /** The class: a word that Java keeps for itself. */
    int kind;

    long ttl;
    /** Where the data begins, counted from the start of the cursor. */
    int dataAt;

    void read(Cursor in, int message) {
        name.read(in, message);
        readRest(in);
    }

    /** Reads a record whose name is known or not wanted. */
    void readPastName(Cursor in) {
        DnsName.skip(in);
        readRest(in);
    }

    private void readRest(Cursor in) {
        type = in.u16();
        kind = in.u16();
        ttl = in.u32();
        int length = in.u16();
        dataAt = in.consumed();
        in.slice(length, data);
    }
}
