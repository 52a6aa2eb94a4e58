// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the transaction of SMB that writes to a mailslot ([MS-CIFS] 2.2.4.33.1, [MS-MAIL] 2.2.1). */
final class MailslotWrite {
    private static final int SIGNATURE = 0xff53_4d42;
    private static final int TRANSACTION = 0x25;
    /** Of the header, behind the command. */
    private static final int REST_OF_HEADER = 27;
    /** Words in front of what sets the transaction up. */
    private static final int WORDS = 14;
    /** What sets it up: operation, priority, class. */
    private static final int SETUP_WORDS = 3;

    private static final int WRITE = 1;
    /** Words in front of the place of the data. */
    private static final int BEFORE_DATA = 22;

    private final Slice name = new Slice();
    private final Slice data = new Slice();

    /** Both are as long as the bytes live that were read. */
    Slice name() {
        return name;
    }

    Slice data() {
        return data;
    }

    void read(Cursor in) {
        int start = in.consumed();
        in.require(in.i32() == SIGNATURE);
        in.require(in.u8() == TRANSACTION);
        in.skip(REST_OF_HEADER);
        in.require(in.u8() == WORDS + SETUP_WORDS);
        in.skip(BEFORE_DATA);
        int length = in.u16le();
        int place = in.u16le();
        in.require(in.u8() == SETUP_WORDS);
        in.skip(1);
        in.require(in.u16le() == WRITE);
        in.skip(6); // priority, class, bytes that follow
        Texts.readBytes(in, name);
        in.seek(start + place);
        in.slice(length, data);
    }
}
