// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.dcerpc.Pdu;
import org.jspecify.annotations.Nullable;

/** Follows the remote procedure calls through the named pipes of one connection. */
final class PipeCalls {
    private final Connection connection;
    private final Cursor in = new Cursor();

    PipeCalls(Connection connection) {
        this.connection = connection;
    }

    /** True if a tree carries pipes, or if it is not known to carry something else. */
    static boolean mayCarry(NameTable.@Nullable Entry tree) {
        return tree == null || tree.pipe;
    }

    /** Takes what was written into a pipe as a PDU; false if it is none. */
    boolean onWritten(MessageHeader header, long high, long low, Slice bytes, Session session) {
        if (connection.rpc.read(in.wrap(bytes), Transaction.pipe(high, low)) != Verdict.OK) {
            return false;
        }
        Pdu pdu = connection.rpc.pdu();
        Transaction call = connection.callOf(high, low);
        if (call == null) {
            call = connection.begin(Transaction.Kind.RPC, header, session);
            call.file(high, low);
            call.call.begin(pdu);
        } else {
            call.messageId = header.messageId;
        }
        call.call.onRequest(pdu);
        return true;
    }

    /** Takes what was read from a pipe as a PDU; false if it is none. */
    boolean onRead(int status, long high, long low, Slice bytes, Session session) {
        if (connection.rpc.read(in.wrap(bytes), Transaction.pipe(high, low)) != Verdict.OK) {
            return false;
        }
        Transaction request = connection.callOf(high, low);
        if (request != null) {
            request.answer(status);
            boolean last = request.call.onResponse(connection.rpc.pdu());
            connection.rpc.readAnswer(request.call, in, session);
            if (last) {
                connection.complete(request, session);
            }
        }
        return true;
    }

    /** Takes the answer to a call that was written and read in one request. */
    void onAnswer(MessageHeader header, Transaction request, Slice bytes, Session session) {
        request.answer(header.status);
        boolean last = true;
        if (connection.rpc.read(in.wrap(bytes), request.pipe()) == Verdict.OK
                && request.call.matches(connection.rpc.pdu())) {
            last = request.call.onResponse(connection.rpc.pdu());
            connection.rpc.readAnswer(request.call, in, session);
        }
        if (last) {
            connection.complete(request, session);
        }
    }
}
