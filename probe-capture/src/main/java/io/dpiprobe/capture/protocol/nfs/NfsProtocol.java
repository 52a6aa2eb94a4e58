// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes NFS: recognised on any port by a call of its program. */
public final class NfsProtocol {
    static final String NAME = "nfs";
    static final int PORT = 2049;

    public static final Protocol UDP =
            Protocol.udp(NAME, NfsProtocol::detectCall, () -> new NfsDissector(IpProtocol.UDP), PORT);
    public static final Protocol TCP =
            Protocol.tcp(NAME, NfsProtocol::detectRecord, () -> new NfsDissector(IpProtocol.TCP), PORT);

    private NfsProtocol() {}

    private static Verdict detectRecord(Direction from, Cursor in) {
        int mark = in.i32();
        in.require(mark < 0 && RecordMark.length(mark) >= RpcCall.MIN_LENGTH);
        in.require(RecordMark.length(mark) <= RecordMark.MAX_LENGTH);
        return detectCall(from, in);
    }

    private static Verdict detectCall(Direction from, Cursor in) {
        in.require(from == Direction.TO_SERVER);
        in.skip(Integer.BYTES); // xid
        in.require(in.i32() == RpcCall.CALL);
        in.require(in.i32() == RpcCall.RPC_VERSION);
        in.require(RpcCall.isNfs(in.i32()));
        in.require(RpcCall.isNfsVersion(in.i32()));
        return in.verdict();
    }
}
