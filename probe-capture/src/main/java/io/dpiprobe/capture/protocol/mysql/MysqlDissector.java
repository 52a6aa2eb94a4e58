// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mysql;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.sql.SqlLogin;

/** Follows a connection to MySQL until its client is logged in, refused, or changes to TLS. */
final class MysqlDissector implements Dissector {
    /** Longest packet of a log-in: attributes of clients are some hundred bytes. */
    @Bound(
            of = "a packet of a log-in",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_LENGTH = 64 * 1024;

    private static final int OK = 0;
    private static final int ERROR = 0xff;
    private static final int SQL_STATE = 6;

    private final SqlLogin login = new SqlLogin();
    private final LoginRequest request = new LoginRequest();
    private final Cursor inside = new Cursor();
    private final Slice packet = new Slice();
    private final Slice text = new Slice();
    private boolean greeted;
    private boolean requested;

    /** The three bytes before the number of a packet. */
    static int length(Cursor in) {
        return in.u16le() | in.u8() << 16;
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int length = length(in);
        in.require(length <= MAX_LENGTH);
        in.skip(1); // number
        in.slice(length, packet);
        if (!in.failed()) {
            inside.wrap(packet);
            if (from == Direction.TO_CLIENT) {
                readOfServer(session);
            } else if (!requested) {
                readRequest(session);
            }
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        if (greeted) {
            login.write(MysqlProtocol.MYSQL.name(), session);
        }
    }

    @Override
    public void reset() {
        login.reset();
        greeted = false;
        requested = false;
    }

    private void readRequest(Session session) {
        if (LoginRequest.asksForTls(packet.length(), inside.u16le())) {
            login.encrypted();
            onEnd(session);
            session.handOver("tls");
            return;
        }
        requested = true;
        request.read(inside.wrap(packet), login);
    }

    private void readOfServer(Session session) {
        int kind = inside.u8();
        if (!greeted) {
            greeted = true;
            LoginRequest.text(inside, text);
            login.serverSoftware.set(text);
        } else if (requested && kind == OK) {
            login.accepted();
            finish(session);
        } else if (kind == ERROR) {
            login.refused(inside.u16le());
            if (inside.hasRemaining() && inside.peekU8(0) == '#') {
                inside.skip(SQL_STATE);
            }
            inside.slice(inside.remaining(), text);
            login.message(text);
            finish(session);
        }
    }

    private void finish(Session session) {
        onEnd(session);
        session.finished();
    }
}
