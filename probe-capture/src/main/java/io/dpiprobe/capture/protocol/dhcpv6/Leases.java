// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcpv6;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;

/** Keeps the addresses and prefixes of one message (RFC 8415, 21.6 and 21.22). */
final class Leases {
    /** Kept of one message: clients ask for one address, routers for a prefix beside it. */
    @Bound(of = "leases of a message", then = "further ones are left out")
    static final int MAX = 16;

    private static final int WHOLE = 128;

    private final long[] hi = new long[MAX];
    private final long[] lo = new long[MAX];
    private final long[] preferred = new long[MAX];
    private final long[] valid = new long[MAX];
    private final int[] length = new int[MAX];
    private int count;

    void clear() {
        count = 0;
    }

    void readAddress(Cursor in) {
        long addressHi = in.u64();
        long addressLo = in.u64();
        long preferredSeconds = in.u32();
        long validSeconds = in.u32();
        if (count < MAX) {
            length[count] = WHOLE;
            lifetimes(preferredSeconds, validSeconds);
            add(addressHi, addressLo);
        }
    }

    void readPrefix(Cursor in) {
        long preferredSeconds = in.u32();
        long validSeconds = in.u32();
        int bits = in.u8();
        long addressHi = in.u64();
        long addressLo = in.u64();
        if (count < MAX) {
            length[count] = bits;
            lifetimes(preferredSeconds, validSeconds);
            add(addressHi, addressLo);
        }
    }

    private void lifetimes(long preferredSeconds, long validSeconds) {
        preferred[count] = preferredSeconds;
        valid[count] = validSeconds;
    }

    private void add(long addressHi, long addressLo) {
        hi[count] = addressHi;
        lo[count] = addressLo;
        count++;
    }

    /** Writes a list of them, with their lifetimes in seconds; nothing if there are none. */
    void write(JsonWriter json) {
        if (count == 0) {
            return;
        }
        json.beginArray("leases");
        for (int i = 0; i < count; i++) {
            json.beginObject().address("ip", 6, hi[i], lo[i]);
            if (length[i] != WHOLE) {
                json.number("prefix_length", length[i]);
            }
            json.number("preferred_lifetime", preferred[i]).number("valid_lifetime", valid[i]);
            json.endObject();
        }
        json.endArray();
    }
}
