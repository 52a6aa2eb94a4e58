// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Caller;
import io.dpiprobe.capture.protocol.oncrpc.PendingCalls;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcCall;
import io.dpiprobe.capture.protocol.oncrpc.RpcReply;
import org.jspecify.annotations.Nullable;

/** Matches replies to calls, keeps the names of handles and the files under way. */
final class Conversation {
    private final RpcCall rpc = new RpcCall();
    private final RpcReply reply = new RpcReply();
    private final Caller caller = new Caller();
    private final Arguments arguments = new Arguments();
    private final Results results = new Results();
    private final CompoundArguments compoundArguments = new CompoundArguments();
    private final CompoundResults compoundResults = new CompoundResults();
    private final PendingCalls<Call> calls = new PendingCalls<>(Call::new);
    private final HandleNames names = new HandleNames();
    private final DirectoryEntries entries = new DirectoryEntries(names);
    private final OpenFiles reads = new OpenFiles(Direction.TO_CLIENT);
    private final OpenFiles writes = new OpenFiles(Direction.TO_SERVER);

    void reset() {
        calls.clear();
        names.clear();
    }

    void end(Session session) {
        reads.closeAll(session);
        writes.closeAll(session);
    }

    void onCall(int xid, Cursor in, Content content, Session session) {
        rpc.read(xid, in, caller);
        if (in.failed() || !(Program.NFS.isOf(rpc) || Program.NFS_ACL.isOf(rpc))) {
            return;
        }
        Call call = calls.add();
        call.begin(rpc, Procedure.of(rpc));
        call.caller.set(caller);
        if (call.isCompound()) {
            compoundArguments.read(call, in);
        } else {
            arguments.read(call, in);
        }
        if (call.procedure == Procedure.WRITE && !in.failed()) {
            onWrite(call, content, session);
        } else if (call.isTransaction()) {
            call.number = session.nextTransaction() + 1;
        }
    }

    void onReply(int xid, Cursor in, Content content, Session session) {
        Call call = calls.find(xid);
        if (call == null) {
            return;
        }
        call.end();
        reply.read(in);
        if (!reply.isSuccess() || in.failed()) {
            return;
        }
        if (call.isCompound()) {
            compoundResults.read(call, in, results);
        } else {
            results.read(call, in);
        }
        if (!in.failed() || !call.procedure.isTransfer()) {
            onResults(call, content, session);
        }
        if (call.procedure == Procedure.READDIRPLUS && results.status == NfsStatus.OK) {
            entries.read(call, in);
        }
    }

    private void onResults(Call call, Content content, Session session) {
        if (results.status == NfsStatus.OK && !call.name.isEmpty()) {
            learnNames(call);
        }
        switch (call.procedure) {
            case READ -> onRead(call, content, session);
            case WRITE, COMMIT -> onWritten(call, session);
            default -> {}
        }
        if (call.number > 0 && !call.procedure.isOnlyCounted()) {
            NfsEvent.write(call, filename(call), results.status, session);
        }
    }

    private void learnNames(Call call) {
        switch (call.procedure) {
            case RENAME -> names.rename(call.handle, call.name, call.target, call.newName);
            case REMOVE, RMDIR -> names.remove(call.handle, call.name);
            default -> {
                if (results.hasHandle) {
                    int handle = call.hash(results.handle);
                    names.put(handle, call.handle, call.name);
                    call.handle = call.procedure == Procedure.LOOKUP ? handle : call.handle;
                }
            }
        }
    }

    /** The name in the call, or for what is done to a file's content that of its handle. */
    private Slice filename(Call call) {
        boolean byHandle = call.hasHandle && call.procedure.isAboutContent();
        WireString known = byHandle ? names.find(call.handle) : call.name;
        return known == null ? NfsEvent.noName() : known.text();
    }

    private void onWrite(Call call, Content content, Session session) {
        OpenFile file = part(writes, call, session);
        if (file != null) {
            file.beginPart(call);
            content.begin(file, call.count, false);
        }
    }

    private void onWritten(Call call, Session session) {
        OpenFile file = call.hasHandle ? writes.find(call.handle) : null;
        if (file != null && results.status == NfsStatus.OK && (results.last || call.procedure == Procedure.COMMIT)) {
            file.close(End.COMPLETE, session);
        }
    }

    private void onRead(Call call, Content content, Session session) {
        if (results.status != NfsStatus.OK) {
            return;
        }
        OpenFile file = part(reads, call, session);
        if (file != null) {
            file.beginPart(call);
            content.begin(file, results.count, results.last);
        }
    }

    /** A file is followed from its beginning; one that begins anew was not complete, and its transaction goes on. */
    private @Nullable OpenFile part(OpenFiles files, Call call, Session session) {
        OpenFile file = files.find(call.handle);
        if (call.offset != 0) {
            return file;
        }
        long transaction;
        if (file == null) {
            file = files.add(session);
            transaction = session.nextTransaction();
        } else {
            transaction = file.transaction();
            file.close(End.CUT_SHORT, session);
        }
        file.open(call, transaction + 1, names.find(call.handle), session);
        return file;
    }
}
