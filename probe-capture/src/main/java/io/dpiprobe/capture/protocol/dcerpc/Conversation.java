// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.ntlm.SecurityTokens;
import org.jspecify.annotations.Nullable;

/** Reads the PDUs of both sides of one association and keeps what its calls refer to; calls are the owner's. */
public final class Conversation {
    private final Pdu pdu = new Pdu();
    private final Bindings bindings = new Bindings();
    private final ContextNames names = new ContextNames();
    private final Endpoints endpoints = new Endpoints();
    private final Slice token = new Slice();
    private @Nullable SecurityTokens tokens;
    private @Nullable Call endpointsOf;
    private @Nullable RpcInterface announced;

    /** Makes this as new. */
    public void reset() {
        bindings.clear();
        names.clear();
        endpointsOf = null;
        announced = null;
        if (tokens != null) {
            tokens.clear();
        }
    }

    /** Says which interface whoever announced the connection has announced it for. */
    void announced(@Nullable RpcInterface target) {
        announced = target;
    }

    /**
     * Reads the common header and what is known of the body.
     *
     * @param pipe tells the pipes of one connection apart
     * @return the verdict on the header; a body that is cut short is read as far as it goes
     */
    public Verdict read(Cursor in, long pipe) {
        Verdict verdict = pdu.read(in);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        switch (pdu.type) {
            case Pdu.REQUEST -> {
                pdu.readCall(in);
                RpcInterface bound = names.find(pipe, pdu.contextId);
                pdu.target = bound == null ? announced : bound;
            }
            case Pdu.RESPONSE -> pdu.readCall(in);
            case Pdu.BIND -> {
                readNames(in, pipe);
                bindings.readOffer(pdu, in);
            }
            case Pdu.BIND_ACK -> bindings.readAnswer(pdu, in);
            case Pdu.ALTER_CONTEXT -> {
                readNames(in, pipe);
                if (bindings.isEmpty()) {
                    bindings.readOffer(pdu, in);
                }
            }
            default -> {}
        }
        if (pdu.authLength > 0 && pdu.type >= Pdu.BIND) {
            readToken(in);
        }
        return Verdict.OK;
    }

    /** The token behind the security trailer ends the fragment ([MS-RPCE], 2.2.2.11). */
    private void readToken(Cursor in) {
        int offset = pdu.fragLength - pdu.authLength;
        if (in.failed() || offset < in.consumed() || pdu.authLength > in.remaining() - (offset - in.consumed())) {
            return;
        }
        in.seek(offset);
        in.slice(pdu.authLength, token);
        if (tokens == null) {
            tokens = new SecurityTokens();
        }
        if (pdu.type == Pdu.BIND_ACK || pdu.type == Pdu.ALTER_CONTEXT_RESP) {
            tokens.fromServer(token);
        } else {
            tokens.fromClient(token);
        }
    }

    private void readNames(Cursor in, long pipe) {
        int body = in.consumed();
        pdu.target = names.readOffer(pdu, in, pipe);
        in.seek(body);
    }

    /** The PDU read last. */
    public Pdu pdu() {
        return pdu;
    }

    /**
     * Reads the stub of an answer: where an endpoint mapper says that interfaces are served, connections are expected.
     *
     * @param in stands behind what {@link #read} has read
     */
    public void readAnswer(Call call, Cursor in, Session session) {
        if (call.isAnsweredBy(pdu)) {
            endpoints.read(call.target(), call.opnum(), pdu.isLittleEndian(), in);
            endpointsOf = endpoints.isEmpty() ? null : call;
            endpoints.announce(session);
        }
    }

    /** Writes what EVE has no place for: names of interface and operation, endpoints, and who has logged in. */
    public void writeProbe(Call call, JsonWriter probe) {
        if (tokens != null) {
            tokens.write(probe);
            tokens.clear();
        }
        if (call.target() != null) {
            probe.beginObject("rpc");
            call.writeNames(probe);
            if (endpointsOf == call) {
                endpoints.write(probe);
                endpointsOf = null;
            }
            probe.endObject();
        }
    }

    /** Writes a call into the {@code dcerpc} object of another protocol's event. */
    public void write(Call call, JsonWriter json) {
        call.writeInside(json, bindings);
    }

    /** Writes a call into an event of its own. */
    void writeEvent(Call call, JsonWriter json) {
        call.write(json, bindings);
    }
}
