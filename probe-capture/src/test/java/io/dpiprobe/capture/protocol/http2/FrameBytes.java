// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Composes what one side of a connection says, frame by frame. */
final class FrameBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static FrameBytes preface() {
        FrameBytes frames = new FrameBytes();
        frames.bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return frames;
    }

    /** Adds a frame whose payload is given in hexadecimal, blanks aside. */
    FrameBytes frame(int type, int flags, int stream, String hex) {
        return frame(type, flags, stream, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    FrameBytes frame(int type, int flags, int stream, byte[] payload) {
        bytes.write(payload.length >> 16);
        bytes.write(payload.length >> 8);
        bytes.write(payload.length);
        bytes.write(type);
        bytes.write(flags);
        bytes.write(0);
        bytes.write(0);
        bytes.write(stream >> 8);
        bytes.write(stream);
        bytes.writeBytes(payload);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
