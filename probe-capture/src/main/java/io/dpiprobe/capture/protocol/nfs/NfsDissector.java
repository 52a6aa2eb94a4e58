// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.oncrpc.RecordMark;
import io.dpiprobe.capture.protocol.oncrpc.RpcCall;
import io.dpiprobe.capture.protocol.oncrpc.RpcReply;

/**
 * Follows calls and replies of one flow. Of a record on TCP only the head is waited for: the bytes of a file go on as
 * they come.
 */
final class NfsDissector implements Dissector {
    /** Holds everything before the bytes of a file: credentials, a verifier, two handles or two long names. */
    @Bound(
            of = "bytes read of a record before the bytes of a file",
            then = "the rest is passed over",
            unit = Bound.Unit.BYTES)
    private static final int HEAD_BYTES = 2048;

    private final boolean stream;
    private final Conversation conversation = new Conversation();
    private final Cursor head = new Cursor();
    private final Slice bytes = new Slice();
    private final Content[] content = {new Content(), new Content()};
    private final boolean[] continued = new boolean[2];

    /** @param transport {@link IpProtocol#TCP} or {@link IpProtocol#UDP} */
    NfsDissector(int transport) {
        stream = transport == IpProtocol.TCP;
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Content open = content[from.ordinal()];
        if (!stream) {
            in.slice(in.remaining(), bytes);
            readMessage(from, bytes.length(), session);
            open.clear();
        } else if (open.isOpen()) {
            open.read(in, session);
        } else {
            readRecord(from, in, session);
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        conversation.end(session);
    }

    @Override
    public void reset() {
        conversation.reset();
        for (int side = 0; side < content.length; side++) {
            content[side].clear();
            continued[side] = false;
        }
    }

    private void readRecord(Direction from, Cursor in, Session session) {
        int side = from.ordinal();
        int mark = in.i32();
        int length = RecordMark.length(mark);
        in.require(length <= RecordMark.MAX_LENGTH);
        boolean follows = continued[side];
        in.slice(follows ? 0 : Math.min(length, HEAD_BYTES), bytes);
        int more = Math.min(length - bytes.length(), in.remaining());
        bytes.wrap(bytes.buffer(), bytes.offset(), bytes.length() + more);
        if (in.failed()) {
            return;
        }
        continued[side] = !RecordMark.isLast(mark);
        in.skip(more);
        if (follows) {
            content[side].limit(length - more);
        } else {
            readMessage(from, length, session);
        }
    }

    /** Reads as much of a message as there is; {@code length} is that of all. */
    private void readMessage(Direction from, int length, Session session) {
        Content open = content[from.ordinal()];
        head.wrap(bytes);
        int xid = head.i32();
        int type = head.i32();
        if (from == Direction.TO_SERVER && type == RpcCall.CALL) {
            conversation.onCall(xid, head, open, session);
        } else if (from == Direction.TO_CLIENT && type == RpcReply.REPLY) {
            conversation.onReply(xid, head, open, session);
        }
        int left = head.failed() ? 0 : head.remaining();
        open.limit(length - bytes.length() + left);
        open.read(head, session);
    }
}
