// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Reads and writes what a client says of itself: TS_UD_CS_CORE ([MS-RDPBCGR], 2.2.1.3.2). */
final class ClientCore {
    private static final int CLIENT_NAME = 32;
    private static final int IME_FILE_NAME = 64;
    private static final int PRODUCT_ID = 64;
    private static final String[] CAPABILITIES = {
        "support_errinfo_pdf",
        "want_32bpp_session",
        "support_statusinfo_pdu",
        "strong_asymmetric_keys",
        "",
        "valid_connection_type",
        "support_monitor_layout_pdu",
        "support_netchar_autodetect",
        "support_dynvc_gfx_protocol",
        "support_dynamic_time_zone",
        "support_heartbeat_pdu"
    };

    private final WireString clientName = new WireString();
    private final WireString digitalProductId = new WireString();
    private final Slice text = new Slice();
    private boolean present;
    private long version;
    private int width;
    private int height;
    private int colorDepth;
    private long keyboardLayout;
    private long build;
    private long keyboardType;
    private long functionKeys;
    private int productId;
    private int capabilities;

    void clear() {
        present = false;
        clientName.clear();
        digitalProductId.clear();
        productId = -1;
        capabilities = 0;
    }

    void read(Cursor in) {
        version = in.u32le();
        width = in.u16le();
        height = in.u16le();
        colorDepth = ColorDepth.ofCode(in.u16le());
        in.skip(2); // SASSequence
        keyboardLayout = in.u32le();
        build = in.u32le();
        readText(in, CLIENT_NAME, clientName);
        keyboardType = in.u32le();
        in.skip(4); // keyboardSubType
        functionKeys = in.u32le();
        in.skip(IME_FILE_NAME);
        present = !in.failed();
        readOptional(in);
    }

    /** Each of these is only there if all before it are. */
    private void readOptional(Cursor in) {
        if (in.remaining() >= 2) {
            colorDepth = ColorDepth.ofCode(in.u16le());
        }
        if (in.remaining() >= 2) {
            productId = in.u16le();
        }
        if (in.remaining() >= 6) {
            in.skip(4); // serialNumber
            colorDepth = in.u16le();
        }
        if (in.remaining() >= 4) {
            in.skip(2); // supportedColorDepths
            capabilities = in.u16le();
        }
        if (in.remaining() >= PRODUCT_ID) {
            readText(in, PRODUCT_ID, digitalProductId);
        }
    }

    /** UTF-16 up to a zero. */
    private void readText(Cursor in, int length, WireString into) {
        in.slice(length, text);
        int end = 0;
        while (end + 1 < text.length() && text.u16(end) != 0) {
            end += 2;
        }
        into.setUtf16(text.wrap(text.buffer(), text.offset(), end));
    }

    void write(JsonWriter json) {
        if (!present) {
            return;
        }
        json.beginObject("client").ascii("version", ClientName.version(version));
        json.number("desktop_width", width).number("desktop_height", height);
        if (colorDepth > 0) {
            json.number("color_depth", colorDepth);
        }
        writeName(json, "keyboard_layout", KeyboardLayout.name((int) keyboardLayout), keyboardLayout);
        writeName(json, "build", ClientName.build(build), build);
        writeText(json, "client_name", clientName);
        writeName(json, "keyboard_type", ClientName.keyboardType(keyboardType), keyboardType);
        json.number("function_keys", functionKeys);
        if (productId >= 0) {
            json.number("product_id", productId);
        }
        writeCapabilities(json);
        writeText(json, "id", digitalProductId);
        json.endObject();
    }

    /** Numbers without a name are written as they are. */
    private static void writeName(JsonWriter json, String field, String name, long number) {
        json.beginText(field).append(name);
        if (name.isEmpty()) {
            json.appendNumber(number);
        }
        json.endText();
    }

    private static void writeText(JsonWriter json, String field, WireString value) {
        if (!value.isEmpty()) {
            json.wire(field, value.text());
        }
    }

    private void writeCapabilities(JsonWriter json) {
        int before = json.mark();
        json.beginArray("capabilities");
        int empty = json.mark();
        for (int i = 0; i < CAPABILITIES.length; i++) {
            if ((capabilities >> i & 1) != 0 && !CAPABILITIES[i].isEmpty()) {
                json.asciiItem(CAPABILITIES[i]);
            }
        }
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endArray();
        }
    }
}
