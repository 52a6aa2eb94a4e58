// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.sql.SqlLogin;

/** Reads LOGIN7 ([MS-TDS], 2.2.6.4): places and lengths in characters, and the texts behind them. */
final class LoginRequest {
    private static final int PLACES = 36;

    private final Slice text = new Slice();

    void read(Cursor in, SqlLogin login) {
        in.skip(PLACES);
        readText(in, login.host);
        readText(in, login.user);
        in.skip(4); // password
        readText(in, login.application);
        readText(in, login.server);
        in.skip(4); // extension
        in.skip(4); // name of the client's library
        in.skip(4); // language
        readText(in, login.database);
    }

    private void readText(Cursor in, WireString into) {
        int place = in.u16le();
        int characters = in.u16le();
        int back = in.consumed();
        in.seek(place);
        in.slice(2 * characters, text);
        in.seek(back);
        if (!in.failed()) {
            into.setUtf16(text);
        }
    }
}
