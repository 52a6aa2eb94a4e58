// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Counts renames by the pair of extensions before and after. */
final class Extensions {
    /** Pairs counted apart: whoever encrypts a share has many extensions before and one after. */
    @Bound(of = "pairs of extensions in a row", then = "further ones are counted together", seen = "smb_activity")
    static final int MAX_PAIRS = 32;
    /** Longest extension told apart, in bytes. */
    @Bound(of = "an extension", then = "only its front is told apart", unit = Bound.Unit.BYTES)
    static final int MAX_EXTENSION_BYTES = 16;

    private final WireString[] before = new WireString[MAX_PAIRS];
    private final WireString[] after = new WireString[MAX_PAIRS];
    private final int[] counts = new int[MAX_PAIRS];
    private final Slice from = new Slice();
    private final Slice to = new Slice();
    private int pairs;
    private int others;

    void clear() {
        pairs = 0;
        others = 0;
    }

    void add(Slice oldName, Slice newName) {
        extension(oldName, from);
        extension(newName, to);
        for (int i = 0; i < pairs; i++) {
            if (FileName.equal(before[i].text(), from) && FileName.equal(after[i].text(), to)) {
                counts[i]++;
                return;
            }
        }
        if (pairs == MAX_PAIRS) {
            others++;
            return;
        }
        if (before[pairs] == null) {
            before[pairs] = new WireString();
            after[pairs] = new WireString();
        }
        before[pairs].set(from);
        after[pairs].set(to);
        counts[pairs++] = 1;
    }

    void write(JsonWriter json) {
        if (pairs == 0) {
            return;
        }
        json.beginArray("renames");
        for (int i = 0; i < pairs; i++) {
            json.beginObject().beginText("extensions");
            json.appendWire(before[i].text())
                    .append('>')
                    .appendWire(after[i].text())
                    .endText();
            json.number("count", counts[i]).endObject();
        }
        if (others > 0) {
            json.beginObject()
                    .ascii("extensions", "others")
                    .number("count", others)
                    .endObject();
        }
        json.endArray();
    }

    /** What stands behind the last dot of a name; empty if there is none. */
    private static void extension(Slice name, Slice into) {
        int end = name.length();
        int start = FileName.baseOf(name);
        for (int i = end - 1; i > start; i--) {
            if (name.u8(i) == '.') {
                into.wrap(name.buffer(), name.offset() + i + 1, Math.min(end - i - 1, MAX_EXTENSION_BYTES));
                return;
            }
        }
        into.clear();
    }
}
