// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Writes the times of a certificate (RFC 5280, 4.1.2.5) as {@code 2026-11-21T05:06:07}. */
final class DerTime {
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    /** MMDDHHMMSS, behind two or four digits of year. */
    private static final int BEHIND_YEAR = 10;

    private DerTime() {}

    static void slice(Cursor in, Slice into) {
        int tag = Der.slice(in, into);
        in.require(tag == UTC_TIME || tag == GENERALIZED_TIME);
    }

    static void write(JsonWriter json, String field, Slice time) {
        int digits = 0;
        while (digits < time.length() && Character.isDigit(time.u8(digits))) {
            digits++;
        }
        int year = digits - BEHIND_YEAR;
        if (year != 2 && year != 4) {
            return;
        }
        json.beginText(field);
        if (year == 2) {
            json.append(time.u8(0) >= '5' ? "19" : "20");
        }
        two(json, time, 0);
        if (year == 4) {
            two(json, time, 2);
        }
        two(json.append('-'), time, year);
        two(json.append('-'), time, year + 2);
        two(json.append('T'), time, year + 4);
        two(json.append(':'), time, year + 6);
        two(json.append(':'), time, year + 8);
        json.endText();
    }

    private static void two(JsonWriter json, Slice time, int at) {
        json.append((char) time.u8(at)).append((char) time.u8(at + 1));
    }
}
