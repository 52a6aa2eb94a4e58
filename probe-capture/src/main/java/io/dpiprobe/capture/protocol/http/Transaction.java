// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;

/** Keeps what is known of one request and its response until both are complete. */
final class Transaction {
    final FieldStore fields = new FieldStore();
    private final Slice method = new Slice();
    long number;
    boolean requestSeen;
    boolean requestComplete;
    boolean responseBegun;
    boolean responseComplete;
    /** Of the response; 0 if it is not a number of three digits. */
    int status;
    /** Of the host the request is for; 0 if it names none. */
    int port;
    /** Bytes of the response's body as sent: with the framing of chunks, before decompression. */
    long responseLength;

    /** Makes this as new for another exchange. */
    void reset(long number) {
        this.number = number;
        fields.clear();
        requestSeen = false;
        requestComplete = false;
        responseBegun = false;
        port = 0;
        forgetResponse();
    }

    /** An interim response (RFC 9110, 15.2) is over: another follows. */
    void forgetResponse() {
        responseComplete = false;
        status = 0;
        responseLength = 0;
        fields.remove(HttpField.STATUS);
        fields.remove(HttpField.CONTENT_TYPE);
        fields.remove(HttpField.CONTENT_RANGE);
        fields.remove(HttpField.CONTENT_DISPOSITION);
        fields.remove(HttpField.CONTENT_ENCODING);
        fields.remove(HttpField.LOCATION);
        fields.remove(HttpField.AUTHENTICATE);
    }

    /** A request without a version (HTTP/0.9): the answer is a body and nothing else. */
    boolean isSimple() {
        return requestSeen && !fields.has(HttpField.PROTOCOL);
    }

    boolean isMethod(String name) {
        return fields.get(HttpField.METHOD, method).equalsIgnoreCase(name);
    }

    boolean isComplete() {
        return requestComplete && responseComplete;
    }
}
