// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

/** Names the parts of an exchange that are kept until its event is written. */
enum HttpField {
    METHOD,
    URL,
    PROTOCOL,
    HOST,
    USER_AGENT,
    REFERER,
    REQUEST_CONTENT_TYPE,
    REQUEST_DISPOSITION,
    REQUEST_ENCODING,
    STATUS,
    CONTENT_TYPE,
    CONTENT_RANGE,
    CONTENT_DISPOSITION,
    CONTENT_ENCODING,
    LOCATION,
    UPGRADE,
    HTTP2_SETTINGS,
    /** A token of NTLM or Negotiate; other credentials are not kept. */
    AUTHORIZATION,
    AUTHENTICATE;

    static final int COUNT = values().length;
}
