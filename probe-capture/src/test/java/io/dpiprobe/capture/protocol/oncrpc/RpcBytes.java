// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Composes messages of ONC RPC for tests, one value of XDR after another. */
public final class RpcBytes {
    /** A handle of 32 bytes, which all versions can have. */
    public static final byte[] HANDLE = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The head of a call of NFS by uid 1000 of host "box". */
    public static RpcBytes nfs(int xid, int version, int procedure) {
        return call(Program.NFS, xid, version, procedure);
    }

    /** The head of a call by uid 1000 of host "box". */
    public static RpcBytes call(Program program, int xid, int version, int procedure) {
        RpcBytes credentials =
                new RpcBytes().number(7).text("box").number(1000).number(100).number(0);
        return new RpcBytes()
                .number(xid)
                .number(0)
                .number(2)
                .number(program.number())
                .number(version)
                .number(procedure)
                .number(1)
                .opaque(credentials.bytes())
                .number(0)
                .number(0);
    }

    /** The head of a reply to a call that was accepted and done. */
    public static RpcBytes reply(int xid) {
        return new RpcBytes()
                .number(xid)
                .number(1)
                .number(0)
                .number(0)
                .number(0)
                .number(0);
    }

    public RpcBytes number(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    public RpcBytes wide(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    public RpcBytes zeros(int count) {
        return raw(new byte[count]);
    }

    public RpcBytes text(String value) {
        return opaque(value.getBytes(StandardCharsets.US_ASCII));
    }

    public RpcBytes opaque(byte[] value) {
        return number(value.length).raw(value).zeros(-value.length & 3);
    }

    public RpcBytes raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** As a datagram. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /** As a record on TCP. */
    public byte[] record() {
        return ByteBuffer.allocate(4 + out.size())
                .putInt(0x8000_0000 | out.size())
                .put(bytes())
                .array();
    }
}
