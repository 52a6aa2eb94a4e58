// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sql;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/**
 * Keeps what a log-in says and writes one event about it. EVE has no place for it, so that all of it is under the
 * {@code probe} object. Passwords are not kept.
 */
public final class SqlLogin {
    /** As the client gives them; empty where it does not. */
    public final WireString user = new WireString();

    public final WireString database = new WireString();
    public final WireString host = new WireString();
    public final WireString application = new WireString();
    public final WireString server = new WireString();
    /** As the server gives it. */
    public final WireString serverSoftware = new WireString();

    private final WireString message = new WireString();
    private Outcome outcome = Outcome.UNKNOWN;
    private long error;
    private boolean written;

    /** How a log-in ended, as far as it was seen. */
    private enum Outcome {
        UNKNOWN(""),
        ACCEPTED("accepted"),
        REFUSED("refused"),
        ENCRYPTED("encrypted");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }
    }

    /** Makes this as new for another connection. */
    public void reset() {
        user.clear();
        database.clear();
        host.clear();
        application.clear();
        server.clear();
        serverSoftware.clear();
        message.clear();
        outcome = Outcome.UNKNOWN;
        error = 0;
        written = false;
    }

    public void accepted() {
        outcome = Outcome.ACCEPTED;
    }

    /** What else is said cannot be read. */
    public void encrypted() {
        outcome = Outcome.ENCRYPTED;
    }

    public void refused(long error) {
        outcome = Outcome.REFUSED;
        this.error = error;
    }

    /** Why it was refused: text in UTF-8. */
    public void message(Slice text) {
        message.set(text);
    }

    /** Why it was refused: little-endian UTF-16. */
    public void messageUtf16(Slice text) {
        message.setUtf16(text);
    }

    /** Writes the event, once. */
    public void write(String protocol, Session session) {
        if (written) {
            return;
        }
        written = true;
        session.nextTransaction();
        session.begin(EventType.SQL, Direction.TO_SERVER).ascii("app_proto", protocol);
        JsonWriter json = session.probe().beginObject("sql");
        text(json, "user", user);
        text(json, "database", database);
        text(json, "client_host", host);
        text(json, "application", application);
        text(json, "server", server);
        text(json, "server_software", serverSoftware);
        if (outcome != Outcome.UNKNOWN) {
            json.ascii("outcome", outcome.label);
        }
        if (outcome == Outcome.REFUSED) {
            json.number("error", error);
            text(json, "message", message);
        }
        json.endObject();
        session.end();
    }

    private static void text(JsonWriter json, String field, WireString value) {
        if (!value.isEmpty()) {
            json.wire(field, value.text());
        }
    }
}
