// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Composes messages of ONC RPC for tests, one value of XDR after another. */
final class NfsBytes {
    /** A handle of 32 bytes, which all versions can have. */
    static final byte[] HANDLE = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The head of a call by uid 1000 of host "box". */
    static NfsBytes call(int xid, int version, int procedure) {
        NfsBytes credentials =
                new NfsBytes().number(7).text("box").number(1000).number(100).number(0);
        return new NfsBytes()
                .number(xid)
                .number(0)
                .number(2)
                .number(100_003)
                .number(version)
                .number(procedure)
                .number(1)
                .opaque(credentials.bytes())
                .number(0)
                .number(0);
    }

    /** The head of a reply to a call that was accepted and done. */
    static NfsBytes reply(int xid) {
        return new NfsBytes()
                .number(xid)
                .number(1)
                .number(0)
                .number(0)
                .number(0)
                .number(0);
    }

    NfsBytes number(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    NfsBytes wide(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    NfsBytes zeros(int count) {
        return raw(new byte[count]);
    }

    NfsBytes text(String value) {
        return opaque(value.getBytes(StandardCharsets.US_ASCII));
    }

    NfsBytes opaque(byte[] value) {
        return number(value.length).raw(value).zeros(-value.length & 3);
    }

    NfsBytes raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** As a datagram. */
    byte[] bytes() {
        return out.toByteArray();
    }

    /** As a record on TCP. */
    byte[] record() {
        return ByteBuffer.allocate(4 + out.size())
                .putInt(0x8000_0000 | out.size())
                .put(bytes())
                .array();
    }
}
