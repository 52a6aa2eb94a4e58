// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Recognises the preface of a client (RFC 9113, 3.4), or the SETTINGS a server begins with. */
final class Http2Detector {
    /** What a client says first. */
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    /** Settings in a server's first frame: ten are defined, and each comes once. */
    static final int MAX_FIRST_SETTINGS = 16;

    private Http2Detector() {}

    static Verdict detect(Direction from, Cursor in) {
        if (from == Direction.TO_SERVER) {
            skipPreface(in);
        } else {
            skipSettings(in);
        }
        return in.verdict();
    }

    /** Passes over the preface; fails as soon as a byte differs. */
    static void skipPreface(Cursor in) {
        for (int i = 0; i < PREFACE.length() && !in.failed(); i++) {
            in.require(in.u8() == PREFACE.charAt(i));
        }
    }

    private static void skipSettings(Cursor in) {
        int length = in.u24();
        in.require(length > 0 && length % Frame.SETTING_LENGTH == 0);
        in.require(length <= MAX_FIRST_SETTINGS * Frame.SETTING_LENGTH);
        in.require(in.u8() == Frame.SETTINGS);
        in.require(in.u8() == 0); // flags
        in.require(in.i32() == 0); // stream
        in.require(in.u16() <= MAX_FIRST_SETTINGS);
    }
}
