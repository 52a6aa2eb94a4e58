// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.packet.Slice;

/** Takes the strings of a TXT record one after another (RFC 1035, 3.3.14). */
final class DnsTexts {
    private final Slice text = new Slice();

    /** Reads the string at an index of the data and returns where the next begins; one that is cut off ends early. */
    int next(Slice data, int at) {
        int length = Math.min(data.u8(at), data.length() - at - 1);
        text.wrap(data.buffer(), data.offset() + at + 1, length);
        return at + 1 + length;
    }

    /** The string read last. */
    Slice text() {
        return text;
    }
}
