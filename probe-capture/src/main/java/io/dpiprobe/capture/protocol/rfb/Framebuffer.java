// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;

/** Reads and writes what a server says of its screen: ServerInit (RFC 6143, 7.3.2 and 7.4). */
final class Framebuffer {
    /** Longest name read: names of desktops are a line. */
    @Bound(
            of = "the name of a desktop",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_NAME = 4096;

    private static final int PADDING = 3;

    private final KeptBytes name = new KeptBytes(MAX_NAME);
    private final Cursor kept = new Cursor();
    private final Slice text = new Slice();
    private boolean present;
    private int width;
    private int height;
    private int bitsPerPixel;
    private int depth;
    private boolean bigEndian;
    private boolean trueColor;
    private int redMax;
    private int greenMax;
    private int blueMax;
    private int redShift;
    private int greenShift;
    private int blueShift;

    void clear() {
        present = false;
        name.clear();
    }

    void read(Cursor in) {
        width = in.u16();
        height = in.u16();
        bitsPerPixel = in.u8();
        depth = in.u8();
        bigEndian = in.u8() != 0;
        trueColor = in.u8() != 0;
        redMax = in.u16();
        greenMax = in.u16();
        blueMax = in.u16();
        redShift = in.u8();
        greenShift = in.u8();
        blueShift = in.u8();
        in.skip(PADDING);
        long length = in.u32();
        in.require(length <= MAX_NAME);
        in.slice((int) length, text);
        if (!in.failed()) {
            name.set(text);
            present = true;
        }
    }

    void write(JsonWriter json) {
        if (!present) {
            return;
        }
        Cursor in = name.read(kept);
        in.slice(in.remaining(), text);
        json.beginObject("framebuffer").number("width", width).number("height", height);
        json.wire("name", text).beginObject("pixel_format");
        json.number("bits_per_pixel", bitsPerPixel).number("depth", depth);
        json.bool("big_endian", bigEndian).bool("true_color", trueColor);
        json.number("red_max", redMax).number("green_max", greenMax).number("blue_max", blueMax);
        json.number("red_shift", redShift).number("green_shift", greenShift).number("blue_shift", blueShift);
        json.endObject().endObject();
    }
}
