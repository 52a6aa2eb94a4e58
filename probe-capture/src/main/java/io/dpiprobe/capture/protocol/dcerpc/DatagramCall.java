// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import org.jspecify.annotations.Nullable;

/** Remembers one call over UDP while its fragments pass: an activity makes one at a time, by number. Reused. */
final class DatagramCall {
    private static final int NONE = -1;

    private long sequence;
    private long activityHigh;
    private long activityLow;
    private long interfaceHigh;
    private long interfaceLow;
    private long interfaceVersion;
    private int request = NONE;
    private int response = NONE;
    private int opnum;
    private int requestFragments;
    private int responseFragments;
    private long requestBytes;
    private long responseBytes;
    private Direction caller = Direction.TO_SERVER;
    private @Nullable RpcInterface target;

    /** Makes this as new for the call that a PDU belongs to. */
    DatagramCall begin(DatagramPdu pdu, Direction from) {
        activityHigh = pdu.activityHigh;
        activityLow = pdu.activityLow;
        sequence = pdu.sequence;
        interfaceHigh = pdu.interfaceHigh;
        interfaceLow = pdu.interfaceLow;
        interfaceVersion = pdu.interfaceVersion;
        target = RpcInterfaces.find(interfaceHigh, interfaceLow);
        opnum = pdu.opnum;
        request = NONE;
        response = NONE;
        requestFragments = 0;
        responseFragments = 0;
        requestBytes = 0;
        responseBytes = 0;
        caller = pdu.type == Pdu.REQUEST ? from : from.opposite();
        return this;
    }

    boolean matches(DatagramPdu pdu) {
        return activityLow == pdu.activityLow && activityHigh == pdu.activityHigh && sequence == pdu.sequence;
    }

    /** Counts a fragment of the request; what is sent again counts once. */
    void onRequest(DatagramPdu pdu) {
        request = pdu.type;
        if (pdu.fragment >= requestFragments) {
            requestFragments = pdu.fragment + 1;
            requestBytes += pdu.bodyBytes;
        }
    }

    /** Counts a fragment of the response; true if it was the last. */
    boolean onResponse(DatagramPdu pdu) {
        response = pdu.type;
        if (pdu.fragment >= responseFragments) {
            responseFragments = pdu.fragment + 1;
            responseBytes += pdu.bodyBytes;
        }
        return pdu.type != Pdu.RESPONSE || pdu.isLast();
    }

    @Nullable
    RpcInterface target() {
        return target;
    }

    int opnum() {
        return opnum;
    }

    /** Whose request it is: the server calls back to see who a client is. */
    Direction caller() {
        return caller;
    }

    void write(JsonWriter json) {
        json.ascii("request", request == NONE ? "REQUEST_LOST" : Pdu.nameOf(request));
        if (request != NONE) {
            json.beginObject("req").number("opnum", opnum).number("frag_cnt", requestFragments);
            json.number("stub_data_size", requestBytes).endObject();
        }
        json.beginArray("interfaces").beginObject().beginText("uuid");
        Uuid.append(json, interfaceHigh, interfaceLow);
        json.endText().beginText("version");
        json.appendNumber(interfaceVersion & 0xffff).append('.').appendNumber(interfaceVersion >>> 16);
        json.endText().endObject().endArray();
        json.ascii("response", response == NONE ? "UNREPLIED" : Pdu.nameOf(response));
        if (response == Pdu.RESPONSE) {
            json.beginObject("res").number("frag_cnt", responseFragments);
            json.number("stub_data_size", responseBytes).endObject();
        }
        json.beginText("activityuuid");
        Uuid.append(json, activityHigh, activityLow);
        json.endText().number("seqnum", sequence).ascii("rpc_version", "4.0");
    }

    void writeNames(JsonWriter probe, Endpoints endpoints) {
        if (target == null) {
            return;
        }
        probe.beginObject("rpc").ascii("interface", target.name);
        String operation = target.operation(opnum);
        if (!operation.isEmpty()) {
            probe.ascii("operation", operation);
        }
        endpoints.write(probe);
        probe.endObject();
    }
}
