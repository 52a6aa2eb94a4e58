// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ssh;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.HexDigest;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Follows an SSH connection until both sides encrypt, and writes one event about it then, or at its end. */
final class SshDissector implements Dissector {
    private final SshPeer client = new SshPeer(Direction.TO_SERVER);
    private final SshPeer server = new SshPeer(Direction.TO_CLIENT);
    private final HexDigest md5 = new HexDigest("MD5");
    private final Slice hassh = new Slice();
    private boolean written;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        SshPeer peer = from == Direction.TO_SERVER ? client : server;
        if (peer.isDone()) {
            in.skip(in.remaining());
            return Verdict.OK;
        }
        Verdict verdict = peer.read(in);
        if (verdict == Verdict.INVALID) {
            verdict = onInvalid(from, peer, session);
        }
        if (verdict == Verdict.OK && client.isDone() && server.isDone()) {
            write(session);
            session.finished();
        }
        return verdict;
    }

    /** The other side may still have something to say. */
    private Verdict onInvalid(Direction from, SshPeer peer, Session session) {
        session.anomaly(from, peer.isIdentified() ? "invalid_record" : "invalid_banner", 0);
        peer.onLost();
        if (client.isDone() && server.isDone()) {
            return Verdict.INVALID;
        }
        session.violated();
        return Verdict.OK;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        (from == Direction.TO_SERVER ? client : server).onLost();
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        if (client.isIdentified() || server.isIdentified()) {
            write(session);
        }
    }

    @Override
    public void reset() {
        client.reset();
        server.reset();
        written = false;
    }

    private void write(Session session) {
        if (written) {
            return;
        }
        written = true;
        session.nextTransaction();
        JsonWriter json = session.begin(EventType.SSH, Direction.TO_SERVER).beginObject("ssh");
        write(json, "client", client);
        write(json, "server", server);
        json.endObject();
        session.end();
    }

    private void write(JsonWriter json, String name, SshPeer peer) {
        if (!peer.isIdentified()) {
            return;
        }
        json.beginObject(name);
        json.wire("proto_version", peer.protocolVersion());
        if (!peer.softwareVersion().isEmpty()) {
            json.wire("software_version", peer.softwareVersion());
        }
        KeptBytes algorithms = peer.hassh();
        if (!algorithms.isEmpty()) {
            json.beginObject("hassh").asciiBytes("hash", md5.of(algorithms.bytes(), 0, algorithms.length()));
            json.wire("string", algorithms.slice(hassh)).endObject();
        }
        json.endObject();
    }
}
