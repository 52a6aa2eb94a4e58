// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.http.Upgrade;
import io.dpiprobe.capture.protocol.http.Upgrades;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Opens stream 1 with the request of HTTP/1 that asked for the upgrade: the answer comes on it (RFC 7540, 3.2). */
final class UpgradedRequest {
    private static final int STREAM = 1;
    private static final Slice METHOD = ascii(":method");
    private static final Slice PATH = ascii(":path");
    private static final Slice AUTHORITY = ascii(":authority");
    private static final Slice USER_AGENT = ascii("user-agent");

    private final StreamTable streams;
    private final ConnectionEvent connection;
    private final Cursor settings = new Cursor();
    private final Slice value = new Slice();

    UpgradedRequest(StreamTable streams, ConnectionEvent connection) {
        this.streams = streams;
        this.connection = connection;
    }

    /** A connection begins; most begin with HTTP/2. */
    void begin(Session session) {
        if (session.originalProtocol() == null) {
            return;
        }
        Upgrade upgrade = session.shared(Upgrades.class, Upgrades::new)
                .take(session.flow().id());
        if (upgrade == null) {
            return;
        }
        session.nextTransaction();
        connection.write(Direction.TO_SERVER, Frame.SETTINGS, 0, upgrade.settings(settings), session);
        Stream stream = streams.open(STREAM, session);
        HeaderList request = stream.headers(Direction.TO_SERVER);
        add(request, METHOD, upgrade.method(value));
        add(request, PATH, upgrade.path(value));
        add(request, AUTHORITY, upgrade.authority(value));
        add(request, USER_AGENT, upgrade.userAgent(value));
        stream.end(Direction.TO_SERVER, session);
    }

    private static void add(HeaderList request, Slice name, Slice value) {
        if (!value.isEmpty()) {
            request.add(name, value);
        }
    }

    private static Slice ascii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
