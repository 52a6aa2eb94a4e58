// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.dns.DnsOverHttp;
import io.dpiprobe.capture.protocol.winrm.WsManagement;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of one request and its response until both are complete. */
final class Transaction {
    final FieldStore fields = new FieldStore();
    /** The front of what is asked of WS-Management; made when the first such request comes. */
    @Nullable
    KeptBytes management;

    /** The DNS message that is carried; made when the first such exchange comes. */
    private @Nullable DnsOverHttp dns;

    private final Slice method = new Slice();
    private final Slice agent = new Slice();
    long number;
    boolean requestSeen;
    boolean requestComplete;
    /** A request of WS-Management. */
    boolean isManagement;

    /** The client accepts DNS messages (RFC 8484). */
    boolean asksForDns;

    boolean responseBegun;
    boolean responseComplete;
    /** Of the response; 0 if it is not a number of three digits. */
    int status;
    /** Of the host the request is for; 0 if it names none. */
    int port;
    /** What is irregular and EVE has no name for, a bit for each {@link Irregularity}. */
    int requestMarks;

    int responseMarks;
    /** Bytes of the response's body as sent: with the framing of chunks, before decompression. */
    long responseLength;

    /** Makes this as new for another exchange. */
    void reset(long number) {
        this.number = number;
        fields.clear();
        if (management != null) {
            management.clear();
        }
        if (dns != null) {
            dns.clear();
        }
        isManagement = false;
        asksForDns = false;
        requestMarks = 0;
        responseMarks = 0;
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

    /** The DNS message of this exchange; empty at first. */
    DnsOverHttp dns() {
        DnsOverHttp known = dns;
        if (known == null) {
            known = new DnsOverHttp();
            dns = known;
        }
        return known;
    }

    /** True if this exchange carries what may be a DNS message. */
    boolean hasDns() {
        return dns != null && dns.isKnown();
    }

    /** The headers of the request are complete: a question may be in the path (RFC 8484, 4.1.1). */
    void readDns(Session session) {
        if (asksForDns && isMethod("get")) {
            dns().onPath(fields.get(HttpField.URL, method), session);
        }
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
