// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;

/** Learns from a message's headers where its body ends (RFC 9112, 6.3). */
final class Framing {
    static final long UNKNOWN = -1;
    private static final String CHUNKED = "chunked";

    long contentLength;
    boolean chunked;
    /** A transfer coding other than chunked: only the end of the connection ends such a response. */
    boolean unknownCoding;

    private final Irregularities irregularities;
    private boolean codingSeen;
    private boolean withoutChunks;

    Framing(Irregularities irregularities) {
        this.irregularities = irregularities;
    }

    void reset() {
        contentLength = UNKNOWN;
        chunked = false;
        unknownCoding = false;
        codingSeen = false;
        withoutChunks = false;
    }

    /** A second length is an attempt to make two readers disagree: the first one counts. */
    void contentLength(Slice value) {
        long length = HttpText.decimal(value);
        if (length == UNKNOWN || !isDigits(value)) {
            irregularities.note(Irregularity.LENGTH_INVALID);
        }
        if (contentLength == UNKNOWN) {
            contentLength = length;
        } else if (contentLength != length) {
            irregularities.note(Irregularity.LENGTHS_DIFFER);
        }
    }

    private static boolean isDigits(Slice value) {
        for (int i = 0; i < value.length(); i++) {
            if (!HttpText.isDigit(value.u8(i))) {
                return false;
            }
        }
        return true;
    }

    void transferEncoding(Slice value) {
        if (codingSeen || !endsWithChunked(value)) {
            irregularities.note(Irregularity.CODING_ABNORMAL);
        }
        codingSeen = true;
        if (HttpText.contains(value, CHUNKED)) {
            chunked = true;
        } else {
            unknownCoding = true;
        }
    }

    /** Behind other codings there is a comma, and maybe blanks. */
    private static boolean endsWithChunked(Slice value) {
        int from = value.length() - CHUNKED.length();
        for (int i = 0; i < CHUNKED.length(); i++) {
            if (from < 0 || HttpText.lower(value.u8(from + i)) != CHUNKED.charAt(i)) {
                return false;
            }
        }
        return from == 0 || value.u8(from - 1) == ',' || HttpText.isBlank(value.u8(from - 1));
    }

    /** Of the message; chunks came with HTTP/1.1. */
    void version(Slice version) {
        withoutChunks = version.equalsIgnoreCase("HTTP/1.0") || version.equalsIgnoreCase("HTTP/0.9");
    }

    /** The headers are complete. */
    void onHeaders() {
        if (chunked && withoutChunks) {
            irregularities.note(Irregularity.CHUNKED_TOO_EARLY);
        }
        if (codingSeen && contentLength != UNKNOWN) {
            irregularities.note(Irregularity.LENGTH_AND_CODING);
        }
    }
}
