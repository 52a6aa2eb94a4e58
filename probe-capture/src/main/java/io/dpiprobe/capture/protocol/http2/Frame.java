// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

/** Names what frames are made of (RFC 9113, 4.1, 6 and 7). */
final class Frame {
    static final int HEADER_LENGTH = 9;
    static final int SETTING_LENGTH = 6;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x01;
    static final int ACK = 0x01;
    static final int END_HEADERS = 0x04;
    static final int PADDED = 0x08;
    static final int HAS_PRIORITY = 0x20;

    private static final String[] SETTING_NAMES = {
        "SETTINGSUNKNOWN",
        "SETTINGSHEADERTABLESIZE",
        "SETTINGSENABLEPUSH",
        "SETTINGSMAXCONCURRENTSTREAMS",
        "SETTINGSINITIALWINDOWSIZE",
        "SETTINGSMAXFRAMESIZE",
        "SETTINGSMAXHEADERLISTSIZE",
        "SETTINGSUNKNOWN",
        "SETTINGSENABLECONNECTPROTOCOL",
        "SETTINGSNORFC7540PRIORITIES"
    };

    private static final String[] STREAM_ERRORS = {
        "NoError",
        "ProtocolError",
        "InternalError",
        "FlowControlError",
        "SettingsTimeout",
        "StreamClosed",
        "FrameSizeError",
        "RefusedStream",
        "Cancel",
        "CompressionError",
        "ConnectError",
        "EnhanceYourCalm",
        "InadequateSecurity",
        "Http11Required"
    };

    private static final String[] CONNECTION_ERRORS = {
        "NOERROR",
        "PROTOCOLERROR",
        "INTERNALERROR",
        "FLOWCONTROLERROR",
        "SETTINGSTIMEOUT",
        "STREAMCLOSED",
        "FRAMESIZEERROR",
        "REFUSEDSTREAM",
        "CANCEL",
        "COMPRESSIONERROR",
        "CONNECTERROR",
        "ENHANCEYOURCALM",
        "INADEQUATESECURITY",
        "HTTP11REQUIRED"
    };

    private Frame() {}

    /** True if frames of this type say something of a request or its answer, and not only of how they are sent. */
    static boolean isOfExchange(int type) {
        return type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION || type == RST_STREAM;
    }

    static String settingName(int id) {
        return SETTING_NAMES[id < SETTING_NAMES.length ? id : 0];
    }

    /** The name of an error as RST_STREAM gives it, in EVE's spelling. */
    static String streamError(long code) {
        return code < STREAM_ERRORS.length ? STREAM_ERRORS[(int) code] : "Unknown";
    }

    /** The name of an error as GOAWAY gives it, in EVE's spelling. */
    static String connectionError(long code) {
        return code < CONNECTION_ERRORS.length ? CONNECTION_ERRORS[(int) code] : "UNKNOWN";
    }
}
