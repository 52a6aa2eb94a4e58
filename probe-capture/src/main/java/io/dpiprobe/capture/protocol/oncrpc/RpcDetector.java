// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Detector;
import io.dpiprobe.capture.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/** Recognises programs by the head of a call to one of them. */
public final class RpcDetector implements Detector {
    private final boolean stream;
    private final Program[] programs;

    /** @param transport {@link IpProtocol#TCP} or {@link IpProtocol#UDP} */
    public RpcDetector(int transport, Program... programs) {
        stream = transport == IpProtocol.TCP;
        this.programs = programs;
    }

    @Override
    public Verdict detect(Direction from, Cursor in) {
        in.require(from == Direction.TO_SERVER);
        if (stream) {
            int mark = in.i32();
            in.require(RecordMark.isLast(mark) && RecordMark.length(mark) >= RpcCall.MIN_LENGTH);
            in.require(RecordMark.length(mark) <= RecordMark.MAX_LENGTH);
        }
        in.skip(Integer.BYTES); // xid
        in.require(in.i32() == RpcCall.CALL);
        in.require(in.i32() == RpcCall.RPC_VERSION);
        Program program = find(in.i32());
        in.require(program != null);
        int version = in.i32();
        in.require(program != null && program.has(version));
        return in.verdict();
    }

    private @Nullable Program find(int number) {
        for (Program program : programs) {
            if (program.number() == number) {
                return program;
            }
        }
        return null;
    }
}
