// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Follows log-in, simple queries and copying on one connection, one exchange at a time. Of large messages only the
 * beginning is waited for. Extended queries have no place in the events and are passed over.
 */
final class PgsqlDissector implements Dissector {
    private static final int LENGTH_BYTES = 4;
    /** What a server allocates at most for a message. */
    private static final int MAX_LENGTH = 0x3fff_ffff;

    private final Exchange exchange = new Exchange();
    private final PgsqlEvent event = new PgsqlEvent();
    private final Slice body = new Slice();
    private final int[] passingOver = new int[2];
    private boolean started;
    private Request passwordMeans = Request.NONE;
    /** Servers say that they are ready after other requests too: so often before the open one's turn, and behind it. */
    private int readyBefore;

    private int readyBehind;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int side = from.ordinal();
        if (passingOver[side] > 0) {
            int passed = Math.min(passingOver[side], in.remaining());
            in.skip(passed);
            passingOver[side] -= passed;
        } else if (from == Direction.TO_CLIENT) {
            readOfServer(in, session);
        } else if (started) {
            readOfClient(in, session);
        } else {
            readOpening(in, session);
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        if (exchange.isOpen()) {
            end(session);
        }
    }

    @Override
    public void reset() {
        exchange.clear();
        passingOver[0] = 0;
        passingOver[1] = 0;
        started = false;
        passwordMeans = Request.NONE;
        readyBefore = 0;
        readyBehind = 0;
    }

    private void readOpening(Cursor in, Session session) {
        int length = in.i32();
        int code = in.i32();
        in.require(OpeningMessage.isPossible(length, code));
        in.slice(length - OpeningMessage.HEADER, body);
        if (in.failed()) {
            return;
        }
        switch (code) {
            case OpeningMessage.SSL -> begin(Request.SSL, session);
            case OpeningMessage.GSS_ENCRYPTION -> begin(Request.GSS_ENCRYPTION, session);
            case OpeningMessage.CANCEL -> begin(Request.CANCEL, session);
            default -> {
                started = true;
                event.version(code);
                begin(Request.STARTUP, session);
            }
        }
    }

    private void readOfClient(Cursor in, Session session) {
        int type = in.u8();
        int length = readBody(in, MessageType.readOfClient(type), Direction.TO_SERVER);
        if (in.failed()) {
            return;
        }
        switch (type) {
            case MessageType.QUERY -> begin(Request.QUERY, session);
            case MessageType.PASSWORD -> {
                if (passwordMeans != Request.NONE) {
                    begin(passwordMeans, session);
                }
            }
            case MessageType.TERMINATE -> begin(Request.TERMINATION, session);
            case MessageType.SYNC, MessageType.FUNCTION_CALL -> {
                if (exchange.request.endsWithReady()) {
                    readyBehind++;
                } else {
                    readyBefore++;
                }
            }
            case MessageType.COPY_DATA -> onCopyIn(length, session);
            default -> {}
        }
    }

    private void readOfServer(Cursor in, Session session) {
        if (exchange.request.isAnsweredByOneByte() && in.peekU8(0) != MessageType.ERROR) {
            onAnswer(in.u8(), session);
            return;
        }
        int type = in.u8();
        int length = readBody(in, MessageType.readOfServer(type), Direction.TO_CLIENT);
        if (!in.failed()) {
            onMessage(type, length, session);
        }
    }

    /** Points at as much of the body as is wanted, passes over the rest and gives the length of all. */
    private int readBody(Cursor in, int wanted, Direction from) {
        int length = in.i32() - LENGTH_BYTES;
        in.require(length >= 0 && length <= MAX_LENGTH);
        in.slice(Math.min(length, wanted), body);
        int rest = length - body.length();
        int passed = Math.min(rest, in.remaining());
        in.skip(passed);
        if (!in.failed()) {
            passingOver[from.ordinal()] = rest - passed;
        }
        return length;
    }

    private void begin(Request request, Session session) {
        onEnd(session);
        exchange.begin(request, body, session.nextTransaction() + 1);
        if (request.isUnanswered()) {
            end(session);
        }
    }

    private void onCopyIn(int length, Session session) {
        if (exchange.request != Request.COPY_IN) {
            begin(Request.COPY_IN, session);
        }
        exchange.copies++;
        exchange.copyBytes += length;
    }

    private void onAnswer(int answer, Session session) {
        Request request = exchange.request;
        exchange.sslAccepted = answer == 'S';
        end(session);
        if (request == Request.SSL && answer == 'S') {
            session.handOver("tls");
        } else if (answer == 'G') {
            session.finished();
        }
    }

    private void onMessage(int type, int length, Session session) {
        if (!exchange.isOpen() || readyBefore > 0) {
            readyBefore -= type == MessageType.READY && readyBefore > 0 ? 1 : 0;
            return;
        }
        switch (type) {
            case MessageType.AUTHENTICATION -> onAuthentication(session);
            case MessageType.DATA_ROW -> onRow(length);
            case MessageType.COPY_DATA -> {
                exchange.copies++;
                exchange.copyBytes += length;
            }
            case MessageType.COPY_DONE -> exchange.copyDone = true;
            case MessageType.ERROR -> {
                exchange.keep(type, body);
                if (!exchange.request.endsWithReady()) {
                    end(session);
                }
            }
            case MessageType.COPY_IN_RESPONSE, MessageType.COPY_BOTH_RESPONSE -> {
                exchange.keep(type, body);
                end(session);
            }
            case MessageType.READY -> end(session);
            default -> {
                if (MessageType.readOfServer(type) > 0) {
                    exchange.keep(type, body);
                }
            }
        }
    }

    /** Number of columns, and for each its length before its bytes. */
    private void onRow(int length) {
        int columns = body.length() < 2 ? 0 : body.u16(0);
        exchange.rows++;
        exchange.rowBytes += Math.max(0, length - 2 - LENGTH_BYTES * columns);
    }

    private void onAuthentication(Session session) {
        exchange.keep(MessageType.AUTHENTICATION, body);
        int code = body.length() < LENGTH_BYTES ? -1 : (int) body.u32(0);
        passwordMeans = Authentication.asksFor(code);
        if (code != Authentication.OK && code != Authentication.SASL_FINAL) {
            end(session);
        }
    }

    private void end(Session session) {
        event.write(exchange, session);
        exchange.clear();
        readyBefore = readyBehind;
        readyBehind = 0;
    }
}
