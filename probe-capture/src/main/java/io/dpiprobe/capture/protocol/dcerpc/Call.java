// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.eve.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Remembers one request and its response while they pass, fragment by fragment. Reused. */
public final class Call {
    private static final int NONE = -1;

    private long callId;
    private int request = NONE;
    private int response = NONE;
    private int contextId;
    private int opnum;
    private int requestFragments;
    private int responseFragments;
    private long requestBytes;
    private long responseBytes;
    private int versionMinor;
    private @Nullable RpcInterface target;

    /** Makes this as new for the call that a PDU belongs to. */
    public void begin(Pdu pdu) {
        callId = pdu.callId;
        versionMinor = pdu.versionMinor;
        target = null;
        request = NONE;
        response = NONE;
        requestFragments = 0;
        responseFragments = 0;
        requestBytes = 0;
        responseBytes = 0;
    }

    /** True if the PDU bears this call's number; what is never answered has no answer. */
    public boolean matches(Pdu pdu) {
        return callId == pdu.callId && request != Pdu.AUTH3;
    }

    /** True if nothing is answered to this: the third leg of an authentication ([MS-RPCE], 2.2.2.5). */
    public boolean isOneWay() {
        return request == Pdu.AUTH3;
    }

    /** Counts a fragment of the request. */
    public void onRequest(Pdu pdu) {
        if (pdu.isFirst() || request == NONE) {
            opnum = pdu.opnum;
            contextId = pdu.contextId;
        }
        target = target == null ? pdu.target : target;
        request = pdu.type;
        requestFragments++;
        requestBytes += pdu.stubBytes();
    }

    /** Counts a fragment of the response; true if it was the last. */
    public boolean onResponse(Pdu pdu) {
        response = pdu.type;
        responseFragments++;
        responseBytes += pdu.stubBytes();
        return pdu.type != Pdu.RESPONSE || pdu.isLast();
    }

    /** Writes the members of a {@code dcerpc} event. */
    void write(JsonWriter json, Bindings bindings) {
        json.ascii("request", request == NONE ? "REQUEST_LOST" : Pdu.nameOf(request));
        if (request == Pdu.REQUEST) {
            json.beginObject("req").number("opnum", opnum).number("frag_cnt", requestFragments);
            json.number("stub_data_size", requestBytes).endObject();
        }
        if (request == Pdu.REQUEST) {
            bindings.writeContext(json, contextId, Bindings.Reasons.HIDDEN);
        } else if (request == Pdu.BIND) {
            bindings.write(json, Bindings.Reasons.HIDDEN);
        }
        writeResponse(json, responseBytes + (long) Pdu.CALL_HEADER_BYTES * responseFragments);
        json.number("call_id", callId);
        json.beginText("rpc_version").append("5.").appendNumber(versionMinor).endText();
    }

    /** Writes the members of the {@code dcerpc} object of an {@code smb} event. */
    public void writeInside(JsonWriter json, Bindings bindings) {
        json.ascii("request", request == NONE ? "REQUEST_LOST" : Pdu.nameOf(request));
        if (request == Pdu.REQUEST) {
            json.number("opnum", opnum).beginObject("req").number("frag_cnt", requestFragments);
            json.number("stub_data_size", requestBytes).endObject();
            bindings.writeContext(json, contextId, Bindings.Reasons.SHOWN);
        } else if (request == Pdu.BIND) {
            bindings.write(json, Bindings.Reasons.SHOWN);
        }
        writeResponse(json, responseBytes);
        json.number("call_id", callId);
    }

    /** True if the PDU read last begins the answer to a request. */
    boolean isAnsweredBy(Pdu pdu) {
        return pdu.type == Pdu.RESPONSE && responseFragments == 1;
    }

    @Nullable
    RpcInterface target() {
        return target;
    }

    int opnum() {
        return opnum;
    }

    /** Writes the names of interface and operation, if they are known. */
    void writeNames(JsonWriter probe) {
        if (target == null) {
            return;
        }
        probe.ascii("interface", target.name);
        String operation = request == Pdu.REQUEST ? target.operation(opnum) : "";
        if (!operation.isEmpty()) {
            probe.ascii("operation", operation);
        }
    }

    /** EVE counts the header of a response in over TCP, and not over SMB. */
    private void writeResponse(JsonWriter json, long bytes) {
        json.ascii("response", response == NONE ? "UNREPLIED" : Pdu.nameOf(response));
        if (response == Pdu.RESPONSE) {
            json.beginObject("res").number("frag_cnt", responseFragments);
            json.number("stub_data_size", bytes).endObject();
        }
    }
}
