// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.text.Base64Url;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps of the request that asked for HTTP/2 what its stream 1 shows (RFC 7540, 3.2). Reused. */
public final class Upgrade {
    /** Settings in HTTP2-Settings: ten are defined, of six bytes each. */
    private static final int MAX_SETTINGS_BYTES = 96;

    /** A host name has 253 at most. */
    private static final int MAX_AUTHORITY_BYTES = 512;

    private final FieldStore fields = new FieldStore();
    private final KeptBytes settings = new KeptBytes(MAX_SETTINGS_BYTES);
    private final KeptBytes authority = new KeptBytes(MAX_AUTHORITY_BYTES);
    private final UnsafeBuffer number = new UnsafeBuffer(new byte[16]);
    private final Base64Url base64 = new Base64Url();
    private final Slice value = new Slice();
    long flowId;

    void begin(long flowId, Transaction transaction) {
        FieldStore request = transaction.fields;
        this.flowId = flowId;
        fields.clear();
        keep(HttpField.METHOD, request);
        keep(HttpField.URL, request);
        keep(HttpField.USER_AGENT, request);
        keepAuthority(request.get(HttpField.HOST, value), transaction.port);
        settings.clear();
        base64.decode(request.get(HttpField.HTTP2_SETTINGS, value), 0, settings);
    }

    /** Host and port as the client said them. */
    private void keepAuthority(Slice host, int port) {
        authority.clear();
        boolean whole = authority.add(host.buffer(), host.offset(), host.length());
        if (whole && port > 0) {
            number.putByte(0, (byte) ':');
            authority.add(number, 0, 1 + number.putNaturalIntAscii(1, port));
        }
    }

    private void keep(HttpField field, FieldStore request) {
        if (request.has(field)) {
            fields.put(field, request.get(field, value));
        }
    }

    public Slice method(Slice into) {
        return fields.get(HttpField.METHOD, into);
    }

    /** Empty if the target is not a path alone: it may have a password in it. */
    public Slice path(Slice into) {
        fields.get(HttpField.URL, into);
        if (!into.isEmpty() && into.u8(0) != '/') {
            into.clear();
        }
        return into;
    }

    public Slice authority(Slice into) {
        return authority.slice(into);
    }

    public Slice userAgent(Slice into) {
        return fields.get(HttpField.USER_AGENT, into);
    }

    /** The client's settings, as in a frame. */
    public Cursor settings(Cursor into) {
        return settings.read(into);
    }
}
