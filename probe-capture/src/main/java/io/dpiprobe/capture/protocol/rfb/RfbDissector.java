// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Follows the handshake of an RFB connection step by step and writes one event when the screen is known, when the
 * server refuses, when something begins that is not followed, or at the end.
 */
final class RfbDissector implements Dissector {
    private final ProtocolVersion serverVersion = new ProtocolVersion();
    private final ProtocolVersion clientVersion = new ProtocolVersion();
    private final Authentication authentication = new Authentication();
    private final Framebuffer framebuffer = new Framebuffer();
    private Step step = Step.SERVER_VERSION;
    private boolean initialised;
    private boolean shared;
    private boolean written;

    RfbDissector() {
        authentication.clear();
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (!in.hasRemaining() || from != step.from) {
            return Verdict.OK; // the other side's turn: these bytes wait
        }
        Step next = read(in);
        if (!in.failed()) {
            step = next;
            if (step == Step.DONE) {
                if (authentication.isUnknown()) {
                    session.anomaly(Direction.TO_CLIENT, "unimplemented_security_type", session.transactions());
                }
                onEnd(session);
                session.finished();
            }
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        if (!written && serverVersion.isPresent()) {
            written = true;
            session.nextTransaction();
            write(session);
        }
    }

    @Override
    public void reset() {
        serverVersion.clear();
        clientVersion.clear();
        authentication.clear();
        framebuffer.clear();
        step = Step.SERVER_VERSION;
        initialised = false;
        written = false;
    }

    private Step read(Cursor in) {
        return switch (step) {
            case SERVER_VERSION -> {
                serverVersion.read(in);
                yield Step.CLIENT_VERSION;
            }
            case CLIENT_VERSION -> {
                clientVersion.read(in);
                yield Step.SECURITY_TYPES;
            }
            case SECURITY_TYPES -> readTypes(in);
            case SECURITY_CHOICE -> {
                authentication.type(in.u8());
                yield afterChoice();
            }
            case CHALLENGE -> {
                authentication.readChallenge(in);
                yield Step.RESPONSE;
            }
            case RESPONSE -> {
                authentication.readResponse(in);
                yield Step.RESULT;
            }
            case RESULT -> {
                authentication.readResult(in);
                yield afterResult();
            }
            case REASON -> {
                authentication.readReason(in);
                yield Step.DONE;
            }
            default -> readInitialisation(in);
        };
    }

    private Step readInitialisation(Cursor in) {
        if (step == Step.CLIENT_INIT) {
            shared = in.u8() != 0;
            initialised = true;
            return Step.SERVER_INIT;
        }
        framebuffer.read(in);
        return Step.DONE;
    }

    /** RFC 6143, 7.1.2 and A.1: a list to choose from, or in versions before 3.7 the server's decision; zero is a refusal. */
    private Step readTypes(Cursor in) {
        if (!clientVersion.hasChoice()) {
            int type = in.i32();
            if (type != 0) {
                authentication.type(type);
            }
            return type == 0 ? Step.REASON : afterChoice();
        }
        int count = in.u8();
        in.skip(count);
        return count == 0 ? Step.REASON : Step.SECURITY_CHOICE;
    }

    /** Only version 3.8 confirms that nothing needed to be proved; other types have rules of their own. */
    private Step afterChoice() {
        return switch (authentication.type()) {
            case Authentication.NONE -> clientVersion.hasConfirmation() ? Step.RESULT : Step.CLIENT_INIT;
            case Authentication.VNC -> Step.CHALLENGE;
            default -> Step.DONE;
        };
    }

    private Step afterResult() {
        if (!authentication.hasFailed()) {
            return Step.CLIENT_INIT;
        }
        return clientVersion.hasConfirmation() ? Step.REASON : Step.DONE;
    }

    private void write(Session session) {
        JsonWriter json = session.begin(EventType.RFB, Direction.TO_SERVER).beginObject("rfb");
        serverVersion.write("server_protocol_version", json);
        clientVersion.write("client_protocol_version", json);
        authentication.write(json);
        if (initialised) {
            json.bool("screen_shared", shared);
        }
        framebuffer.write(json);
        json.endObject();
        session.end();
    }
}
