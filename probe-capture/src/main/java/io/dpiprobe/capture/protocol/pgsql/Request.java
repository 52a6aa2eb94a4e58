// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

/** Names what a client asks for, as far as events tell of it. */
enum Request {
    NONE,
    SSL,
    GSS_ENCRYPTION,
    CANCEL,
    STARTUP,
    PASSWORD,
    SASL_INITIAL,
    SASL_RESPONSE,
    QUERY,
    COPY_IN,
    TERMINATION;

    /** True if the server takes it and says nothing. */
    boolean isUnanswered() {
        return this == CANCEL || this == TERMINATION;
    }

    /** True if the server answers with one byte that has no frame. */
    boolean isAnsweredByOneByte() {
        return this == SSL || this == GSS_ENCRYPTION;
    }

    /** True if the server says when it is ready for the next, even after an error. */
    boolean endsWithReady() {
        return this == QUERY || this == COPY_IN;
    }
}
