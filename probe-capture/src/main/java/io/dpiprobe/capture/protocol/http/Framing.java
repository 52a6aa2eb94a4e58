// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;

/** Learns from a message's headers where its body ends (RFC 9112, 6.3). */
final class Framing {
    static final long UNKNOWN = -1;

    long contentLength;
    boolean chunked;
    /** A transfer coding other than chunked: only the end of the connection ends such a response. */
    boolean unknownCoding;

    void reset() {
        contentLength = UNKNOWN;
        chunked = false;
        unknownCoding = false;
    }

    /** A second length is an attempt to make two readers disagree: the first one counts. */
    void contentLength(Slice value) {
        if (contentLength == UNKNOWN) {
            contentLength = HttpText.decimal(value);
        }
    }

    void transferEncoding(Slice value) {
        if (HttpText.contains(value, "chunked")) {
            chunked = true;
        } else {
            unknownCoding = true;
        }
    }
}
