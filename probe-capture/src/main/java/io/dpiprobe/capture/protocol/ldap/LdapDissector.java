// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;
import org.jspecify.annotations.Nullable;

/** Follows the operations of an LDAP connection, until it is encrypted or ends. */
final class LdapDissector implements Dissector {
    /** StartTLS (RFC 4511, 4.14.1). */
    private static final String START_TLS = "1.3.6.1.4.1.1466.20037";

    private final Message message = new Message();
    private final Requests requests = new Requests();
    private final Responses responses = new Responses();
    private final LdapEvent event = new LdapEvent();
    private final PendingOperations pending = new PendingOperations();
    private final Cursor inside = new Cursor();
    private final Slice value = new Slice();
    private boolean saslBound;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (session.flow().protocol() == IpProtocol.TCP) {
            return readMessage(from, in, session);
        }
        while (in.hasRemaining() && readMessage(from, in, session) == Verdict.OK) {
            // the next message of the datagram
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        for (PendingOperation each = pending.oldest(); each != null; each = pending.oldest()) {
            end(each, null, session);
        }
    }

    @Override
    public void reset() {
        pending.clear();
        saslBound = false;
    }

    private Verdict readMessage(Direction from, Cursor in, Session session) {
        if (saslBound && Der.peekTag(in) != Der.SEQUENCE) {
            onEnd(session); // what follows is wrapped in a security layer (RFC 4513, 5.2.1.6)
            session.finished();
            in.skip(in.remaining());
            return Verdict.OK;
        }
        if (message.read(in) == Verdict.OK) {
            boolean request = Operation.isRequest(message.operation);
            in.require(request == (from == Direction.TO_SERVER));
            if (in.failed()) {
                return in.verdict();
            }
            if (request) {
                onRequest(session);
            } else {
                onResponse(session);
            }
        }
        return in.verdict();
    }

    private void onRequest(Session session) {
        session.nextTransaction();
        if (pending.isFull()) {
            end(pending.oldest(), null, session);
        }
        if (session.secrets() == Secrets.HIDDEN) {
            requests.withoutPassword(message.operation, message.content);
        }
        PendingOperation operation = pending.add(message.id, message.operation, message.content);
        if (Operation.isUnanswered(message.operation)) {
            end(operation, null, session);
        }
    }

    private void onResponse(Session session) {
        PendingOperation operation = pending.find(message.id);
        if (operation == null) {
            session.nextTransaction();
            event.writeUnasked(message, session);
        } else if (!Operation.isFinal(message.operation)) {
            pending.keep(operation, message.operation, message.content);
        } else {
            boolean success = responses.resultCode(message.content) == ResultCode.SUCCESS;
            boolean startTls = success && isStartTls(operation);
            saslBound |= success && isSaslBind(operation);
            end(operation, message, session);
            if (startTls) {
                onEnd(session);
                session.handOver("tls");
            }
        }
    }

    private void end(@Nullable PendingOperation operation, @Nullable Message last, Session session) {
        if (operation != null) {
            event.write(operation, last, session);
            pending.remove(operation);
        }
    }

    private boolean isStartTls(PendingOperation operation) {
        operation.rewind();
        if (operation.next(value) != Operation.EXTENDED_REQUEST) {
            return false;
        }
        Der.slice(inside.wrap(value), value);
        return value.equalsIgnoreCase(START_TLS);
    }

    private boolean isSaslBind(PendingOperation operation) {
        operation.rewind();
        if (operation.next(value) != Operation.BIND_REQUEST) {
            return false;
        }
        inside.wrap(value);
        Der.skip(inside); // version
        Der.skip(inside); // name
        return inside.hasRemaining();
    }
}
