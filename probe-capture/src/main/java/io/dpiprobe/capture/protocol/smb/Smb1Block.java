// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Reads the words and bytes of one command of an SMB1 message ([MS-CIFS], 2.2.3.2), and strings in them. */
final class Smb1Block {
    /** Longest string looked at, in bytes: as long as what is kept, in UTF-16. */
    private static final int MAX_TEXT_BYTES = 2 * WireString.MAX_BYTES;

    final Cursor words = new Cursor();
    final Cursor bytes = new Cursor();
    int wordCount;
    /** What follows in the message; {@link Smb1Command#NONE} at its end. */
    int nextCommand;

    int nextOffset;

    private final Slice view = new Slice();
    private final Slice whole = new Slice();
    /** Where the bytes begin, from the start of the header: strings of UTF-16 are aligned to that. */
    private int bytesOffset;

    private boolean unicode;

    /** Points at a command whose words begin at the cursor; bytes that are missing are cut off. */
    boolean read(Smb1Header header, Cursor in) {
        unicode = header.unicode;
        whole.wrap(in.buffer(), in.position() - in.consumed(), in.consumed() + in.remaining());
        wordCount = in.u8();
        in.slice(2 * wordCount, view);
        words.wrap(view);
        int byteCount = in.u16le();
        if (in.failed()) {
            return false;
        }
        bytesOffset = in.consumed();
        bytes.wrap(in.buffer(), in.position(), Math.min(byteCount, in.remaining()));
        nextCommand = Smb1Command.NONE;
        if (Smb1Command.isChained(header.command) && wordCount >= 2) {
            nextCommand = Smb1Command.FAMILY | words.u8();
            words.skip(1);
            nextOffset = words.u16le();
        }
        return true;
    }

    /** Points at a part of the message by its offset from the header, cut to what is at hand. */
    Slice part(int offset, long length, Slice into) {
        if (offset > whole.length()) {
            into.clear();
            return into;
        }
        return into.wrap(whole.buffer(), whole.offset() + offset, (int) Math.min(length, whole.length() - offset));
    }

    /** The next string, in the alphabet of the message. */
    void text(WireString into) {
        if (unicode) {
            align();
            utf16(into);
        } else {
            ascii(into);
        }
    }

    /** A string that is never UTF-16. */
    void ascii(WireString into) {
        int length = bytes.indexOf((byte) 0, MAX_TEXT_BYTES);
        bytes.slice(length < 0 ? Math.min(bytes.remaining(), MAX_TEXT_BYTES) : length, view);
        into.set(view);
        bytes.skip(Math.min(1, bytes.remaining()));
    }

    private void align() {
        if ((bytesOffset + bytes.consumed() & 1) != 0 && bytes.hasRemaining()) {
            bytes.skip(1);
        }
    }

    private void utf16(WireString into) {
        int most = Math.min(bytes.remaining(), MAX_TEXT_BYTES) & ~1;
        int length = 0;
        while (length < most && bytes.peekU16(length) != 0) {
            length += 2;
        }
        bytes.slice(length, view);
        into.setUtf16(view);
        bytes.skip(Math.min(2, bytes.remaining()));
    }
}
