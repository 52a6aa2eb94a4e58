// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads and writes a version: "RFB 003.008", with a line feed (RFC 6143, 7.1.1). */
final class ProtocolVersion {
    /** "003", as a number of three bytes: greater for a later version. */
    private static final int MAJOR_3 = '0' << 16 | '0' << 8 | '3';

    private static final int MAJOR_9 = '0' << 16 | '0' << 8 | '9';
    private static final int MINOR_7 = '0' << 16 | '0' << 8 | '7';
    private static final int MINOR_8 = '0' << 16 | '0' << 8 | '8';

    private static final int PREFIX = 4;

    private int major;
    private int minor;

    void clear() {
        major = 0;
    }

    boolean isPresent() {
        return major != 0;
    }

    /** True if the server offers a choice of security types, which other versions below 3.7 do not have either. */
    boolean hasChoice() {
        return isFrom(MINOR_7);
    }

    /** True if the outcome is always confirmed, with a reason if it is bad: in 3.8 and what makers count on from there. */
    boolean hasConfirmation() {
        return isFrom(MINOR_8);
    }

    private boolean isFrom(int leastMinor) {
        return major > MAJOR_3 || minor >= leastMinor;
    }

    /** Fails the cursor unless it begins with a version; makers have used numbers up to 5. */
    static void detect(Cursor in) {
        in.require(in.u8() == 'R');
        in.require(in.u8() == 'F');
        in.require(in.u8() == 'B');
        in.require(in.u8() == ' ');
        int major = in.u24();
        in.require(major >= MAJOR_3 && major <= MAJOR_9);
        in.require(in.u8() == '.');
    }

    void read(Cursor in) {
        in.skip(PREFIX);
        int readMajor = digits(in);
        in.require(in.u8() == '.');
        int readMinor = digits(in);
        in.require(in.u8() == '\n');
        if (!in.failed()) {
            major = readMajor;
            minor = readMinor;
        }
    }

    private static int digits(Cursor in) {
        int digits = in.u24();
        in.require(isDigit(digits >> 16) && isDigit(digits >> 8) && isDigit(digits));
        return digits;
    }

    private static boolean isDigit(int character) {
        return (character & 0xff) >= '0' && (character & 0xff) <= '9';
    }

    void write(String field, JsonWriter json) {
        if (isPresent()) {
            json.beginObject(field);
            write("major", major, json);
            write("minor", minor, json);
            json.endObject();
        }
    }

    private static void write(String field, int digits, JsonWriter json) {
        json.beginText(field).append((char) (digits >> 16 & 0xff));
        json.append((char) (digits >> 8 & 0xff)).append((char) (digits & 0xff)).endText();
    }
}
