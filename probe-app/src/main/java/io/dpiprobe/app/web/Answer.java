// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is answered.
 *
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    static Answer text(int status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", utf8(body), Map.of());
    }

    static Answer ok(String type, String body) {
        return new Answer(OK, type, utf8(body), Map.of());
    }

    static Answer json(String body) {
        return ok("application/json", body);
    }

    /** An error as RFC 9457 wants it. */
    static Answer problem(int status, String title, String detail) {
        String body = "{\"status\":" + status + ",\"title\":\"" + title + "\",\"detail\":\"" + detail + "\"}\n";
        return new Answer(status, "application/problem+json", utf8(body), Map.of());
    }

    Answer with(String header, String value) {
        return new Answer(status, type, body, Map.of(header, value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
