// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;

/**
 * Names what two readers of a message may understand differently: what smuggling a request past one of them is made of
 * (RFC 9112, 11.2). Those that EVE has names for are anomalies; the others show in the event of the exchange.
 */
enum Irregularity {
    /** A second Content-Length that says something else (RFC 9112, 6.3). */
    LENGTHS_DIFFER("DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST", "DUPLICATE_CONTENT_LENGTH_FIELD_IN_RESPONSE"),
    /** A Content-Length that is no decimal number. */
    LENGTH_INVALID("INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST", "INVALID_CONTENT_LENGTH_FIELD_IN_RESPONSE"),
    /** A Transfer-Encoding that is said twice or does not end with {@code chunked} and nothing else (RFC 9112, 6.1). */
    CODING_ABNORMAL("INVALID_TRANSFER_ENCODING_VALUE_IN_REQUEST", "RESPONSE_ABNORMAL_TRANSFER_ENCODING"),
    /** The size of a chunk is no hexadecimal number, or not the size of the chunk (RFC 9112, 7.1). */
    CHUNK_SIZE_INVALID("INVALID_REQUEST_CHUNK_LEN", "INVALID_RESPONSE_CHUNK_LEN"),
    /** Something behind the size of a chunk (RFC 9112, 7.1.1). */
    CHUNK_EXTENSION("REQUEST_CHUNK_EXTENSION", "RESPONSE_CHUNK_EXTENSION"),
    /** A header line without a colon. */
    COLON_MISSING("REQUEST_FIELD_MISSING_COLON", "RESPONSE_FIELD_MISSING_COLON"),
    /** A blank between a name and its colon (RFC 9112, 5.1). */
    BLANK_BEFORE_COLON("REQUEST_INVALID_LWS_AFTER_NAME", "RESPONSE_INVALID_LWS_AFTER_NAME"),
    /** A request of HTTP/1.1 that does not say whose it is (RFC 9112, 3.2). */
    HOST_MISSING("MISSING_HOST_HEADER"),
    /** Chunks in a version that has none: the framing is faulty (RFC 9112, 6.1). */
    CHUNKED_TOO_EARLY("chunked_in_old_version", "RESPONSE_CHUNKED_OLD_PROTO"),
    /** Content-Length and Transfer-Encoding in one message (RFC 9112, 6.3). */
    LENGTH_AND_CODING("content_length_and_transfer_encoding"),
    /** A line that continues the one before (RFC 9112, 5.2). */
    FOLDED_LINE("folded_line"),
    /** A carriage return that ends no line, or ends one alone (RFC 9112, 2.2). */
    BARE_CR("bare_cr"),
    /** A line feed alone ends a line where a carriage return goes before others (RFC 9112, 2.2). */
    BARE_LF("bare_lf"),
    /** The connection ended before the body did (RFC 9112, 8). */
    BODY_INCOMPLETE("body_incomplete");

    private static final Irregularity[] ALL = values();

    private final String ofRequest;
    private final String ofResponse;

    Irregularity(String ofRequest, String ofResponse) {
        this.ofRequest = ofRequest;
        this.ofResponse = ofResponse;
    }

    Irregularity(String label) {
        this(label, label);
    }

    /** What it is called where this side says it: an anomaly of EVE, or for the event of the exchange alone. */
    String name(Direction from) {
        return from == Direction.TO_SERVER ? ofRequest : ofResponse;
    }

    /** True if EVE has a name for it: those are in capitals. */
    boolean isAnomaly(Direction from) {
        return Character.isUpperCase(name(from).charAt(0));
    }

    static int count() {
        return ALL.length;
    }

    static Irregularity at(int ordinal) {
        return ALL[ordinal];
    }
}
