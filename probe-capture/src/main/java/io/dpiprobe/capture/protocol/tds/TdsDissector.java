// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.sql.SqlLogin;

/** Follows a connection to SQL Server until its client is logged in or refused, or what follows is encrypted. */
final class TdsDissector implements Dissector {
    static final int PRELOGIN = 0x12;
    static final int LOGIN = 0x10;
    static final int END_OF_MESSAGE = 1;
    static final int HEADER = 8;
    /** [MS-TDS] 2.2.3.1.3. */
    @Bound(
            of = "a packet of a log-in",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_LENGTH = 32_767;

    private static final int RESPONSE = 4;
    private static final int TLS_HANDSHAKE = 22;
    private static final int ERROR = 0xaa;
    private static final int INFORMATION = 0xab;
    private static final int LOGIN_ACCEPTED = 0xad;
    private static final int CHANGE = 0xe3;

    private final SqlLogin login = new SqlLogin();
    private final LoginRequest request = new LoginRequest();
    private final Cursor inside = new Cursor();
    private final Slice packet = new Slice();
    private final Slice text = new Slice();
    private boolean begun;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int type = in.u8();
        in.skip(1); // status
        int length = in.u16();
        in.require(length >= HEADER && length <= MAX_LENGTH);
        in.skip(4);
        in.slice(length - HEADER, packet);
        if (!in.failed()) {
            begun = true;
            inside.wrap(packet);
            readPacket(type, session);
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        if (begun) {
            login.write(TdsProtocol.TDS.name(), session);
        }
    }

    @Override
    public void reset() {
        login.reset();
        begun = false;
    }

    private void readPacket(int type, Session session) {
        switch (type) {
            case PRELOGIN -> {
                if (inside.u8() == TLS_HANDSHAKE) {
                    login.encrypted();
                    finish(session);
                }
            }
            case LOGIN -> request.read(inside, login);
            case RESPONSE -> readTokens(session);
            default -> {}
        }
    }

    /** [MS-TDS] 2.2.7: what matters of a log-in comes in tokens that give their length. */
    private void readTokens(Session session) {
        while (inside.hasRemaining()) {
            int token = inside.u8();
            if (token != ERROR && token != INFORMATION && token != LOGIN_ACCEPTED && token != CHANGE) {
                return;
            }
            int content = inside.enter(inside.u16le());
            if (token == ERROR) {
                login.refused(inside.u32le());
                inside.skip(2); // state, severity
                inside.slice(2 * inside.u16le(), text);
                login.messageUtf16(text);
            } else if (token == LOGIN_ACCEPTED) {
                inside.skip(5); // interface, version of the protocol
                inside.slice(2 * inside.u8(), text);
                login.serverSoftware.setUtf16(text);
                login.accepted();
            }
            inside.leave(content);
            if (token == ERROR || token == LOGIN_ACCEPTED) {
                finish(session);
                return;
            }
        }
    }

    private void finish(Session session) {
        onEnd(session);
        session.finished();
    }
}
