// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the version of the system that sent a message ([MS-NLMP], 2.2.2.10). */
final class NtlmVersion {
    private boolean known;
    private int major;
    private int minor;
    private int build;
    private int revision;

    void clear() {
        known = false;
    }

    void read(Cursor in) {
        major = in.u8();
        minor = in.u8();
        build = in.u16le();
        in.skip(3);
        revision = in.u8();
        known = true;
    }

    void write(JsonWriter json) {
        if (known) {
            json.beginText("version").appendNumber(major).append('.').appendNumber(minor);
            json.append(" build ").appendNumber(build);
            json.append(" rev ").appendNumber(revision).endText();
        }
    }
}
