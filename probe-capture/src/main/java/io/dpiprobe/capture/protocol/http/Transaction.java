// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.winrm.WsManagement;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of one request and its response until both are complete. */
final class Transaction {
    final FieldStore fields = new FieldStore();
    /** The front of what is asked of WS-Management; made when the first such request comes. */
    @Nullable
    KeptBytes management;

    private final Slice method = new Slice();
    private final Slice agent = new Slice();
    long number;
    boolean requestSeen;
    boolean requestComplete;
    /** A request of WS-Management. */
    boolean isManagement;

    boolean responseBegun;
    boolean responseComplete;
    /** Of the response; 0 if it is not a number of three digits. */
    int status;
    /** Of the host the request is for; 0 if it names none. */
    int port;
    /** Bytes of the response's body as sent: with the framing of chunks, before decompression. */
    long responseLength;

    /** Makes this as new for another exchange. */
    void reset(long number) {
        this.number = number;
        fields.clear();
        if (management != null) {
            management.clear();
        }
        isManagement = false;
        requestSeen = false;
        requestComplete = false;
        responseBegun = false;
        port = 0;
        forgetResponse();
    }

    /** The headers of the request are complete. */
    void onHeaders() {
        fields.get(HttpField.URL, method);
        fields.get(HttpField.USER_AGENT, agent);
        isManagement = WsManagement.isRequest(method, agent);
    }

    /** Content of the request: of WS-Management the front is kept. */
    void onContent(Slice content) {
        if (!isManagement) {
            return;
        }
        if (management == null) {
            management = new KeptBytes(WsManagement.MAX_BODY_BYTES);
        }
        int room = WsManagement.MAX_BODY_BYTES - management.length();
        management.add(content.buffer(), content.offset(), Math.min(room, content.length()));
    }

    /** An interim response (RFC 9110, 15.2) is over: another follows. */
    void forgetResponse() {
        responseComplete = false;
        status = 0;
        responseLength = 0;
        fields.remove(HttpField.STATUS);
        fields.remove(HttpField.CONTENT_TYPE);
        fields.remove(HttpField.CONTENT_RANGE);
        fields.remove(HttpField.CONTENT_DISPOSITION);
        fields.remove(HttpField.CONTENT_ENCODING);
        fields.remove(HttpField.LOCATION);
        fields.remove(HttpField.AUTHENTICATE);
    }

    /** A request without a version (HTTP/0.9): the answer is a body and nothing else. */
    boolean isSimple() {
        return requestSeen && !fields.has(HttpField.PROTOCOL);
    }

    boolean isMethod(String name) {
        return fields.get(HttpField.METHOD, method).equalsIgnoreCase(name);
    }

    boolean isComplete() {
        return requestComplete && responseComplete;
    }
}
