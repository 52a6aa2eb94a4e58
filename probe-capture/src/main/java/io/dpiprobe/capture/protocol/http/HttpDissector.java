// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/** Follows a connection that speaks HTTP/1: matches responses to requests and writes an event for each pair. */
final class HttpDissector implements Dissector {
    private final TransactionQueue queue = new TransactionQueue();
    private final RequestReader request = new RequestReader(queue);
    private final ResponseReader response = new ResponseReader(queue);
    private final HttpEvent event = new HttpEvent();
    private final Slice upgrade = new Slice();
    private boolean begun;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (from == Direction.TO_CLIENT && !begun) {
            begun = true;
            return Verdict.OK; // nothing is consumed: what the client has said so far is shown first
        }
        begun = true;
        if (from == Direction.TO_CLIENT && queue.unanswered() == null) {
            request.onAnswered(session);
        }
        Verdict verdict = from == Direction.TO_SERVER ? request.read(in, session) : response.read(in, session);
        if (from == Direction.TO_CLIENT) {
            afterResponse(session);
        }
        writeComplete(session);
        return verdict;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        if (from == Direction.TO_SERVER) {
            request.onGap(bytes, session);
        } else {
            response.onGap(bytes, session);
        }
        writeComplete(session);
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        request.onEnd(session);
        response.onEnd(session);
        for (Transaction each = queue.first(); each != null; each = queue.first()) {
            event.write(each, session);
            queue.removeFirst();
        }
    }

    @Override
    public void reset() {
        begun = false;
        queue.reset();
        request.reset();
        response.reset();
    }

    private void afterResponse(Session session) {
        if (response.isSwitched()) {
            session.handOver(nextProtocol(session));
        } else {
            Transaction unanswered = queue.unanswered();
            if (unanswered == null) {
                request.goOn();
            }
        }
    }

    private String nextProtocol(Session session) {
        @Nullable Transaction switched = queue.first();
        if (switched != null) {
            switched.fields.get(HttpField.UPGRADE, upgrade);
            if (HttpText.contains(upgrade, "websocket")) {
                return "websocket";
            }
            if (HttpText.contains(upgrade, "h2c")) {
                session.shared(Upgrades.class, Upgrades::new).put(session.flow().id(), switched);
                return "http2";
            }
        }
        return Session.UNKNOWN_PROTOCOL;
    }

    private void writeComplete(Session session) {
        for (Transaction each = queue.first(); each != null && each.isComplete(); each = queue.first()) {
            event.write(each, session);
            queue.removeFirst();
        }
    }
}
