// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.JsonWriter;

/** Counts what an update asks for: the class of a record says whether it comes or goes (RFC 2136, 2.5). */
final class DnsUpdate {
    private static final int CLASS_NONE = 254;
    private static final int CLASS_ANY = 255;

    private int added;
    private int deleted;

    void clear() {
        added = 0;
        deleted = 0;
    }

    void count(DnsRecord entry) {
        if (entry.kind == CLASS_NONE || entry.kind == CLASS_ANY) {
            deleted++;
        } else {
            added++;
        }
    }

    boolean isEmpty() {
        return added + deleted == 0;
    }

    void write(JsonWriter probe) {
        probe.beginObject("dns")
                .number("added", added)
                .number("deleted", deleted)
                .endObject();
    }
}
