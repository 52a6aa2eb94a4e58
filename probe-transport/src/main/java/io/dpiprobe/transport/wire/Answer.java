// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import org.jspecify.annotations.Nullable;

/**
 * What came back for a request, before it is judged.
 *
 * @param status of HTTP, 0 if there was no response
 * @param retryAfter the header of this name
 * @param date the header of this name
 * @param backpressure whether X-Backpressure is true
 * @param body as much of it as was read, null if it could not be read to its end within time and size
 * @param failure why there was no response
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(
        int status,
        @Nullable String retryAfter,
        @Nullable String date,
        boolean backpressure,
        byte @Nullable [] body,
        @Nullable Exception failure) {
    /** No response. */
    public static Answer failed(Exception failure) {
        return new Answer(0, null, null, false, null, failure);
    }
}
