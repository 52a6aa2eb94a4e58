// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;

/** Keeps what is known of a log-in and writes its event. EVE has none, so that all of it is under {@code probe}. */
final class TelnetEvent {
    final Options options = new Options();
    final TextLine banner = new TextLine();
    /** What was typed for a name; empty if nobody asked. */
    final TextLine user = new TextLine();
    /** What was typed for a password, or as many asterisks. */
    final TextLine password = new TextLine();

    boolean passwordGiven;

    private final Slice text = new Slice();

    /** How a log-in ended, as far as it was seen. */
    enum Outcome {
        ACCEPTED("accepted"),
        REFUSED("refused"),
        UNKNOWN("unknown");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }
    }

    /** Makes this as new for another connection. */
    void reset() {
        options.reset();
        banner.clear();
        user.clear();
        clearPassword();
    }

    void clearPassword() {
        password.clear();
        passwordGiven = false;
    }

    /** True if somebody has tried to log in. */
    boolean isAttempt() {
        return passwordGiven || !user.isEmpty();
    }

    void write(Outcome outcome, Session session) {
        session.begin(EventType.TELNET, Direction.TO_SERVER);
        JsonWriter json = session.probe().beginObject("telnet");
        text(json, "user", user.isEmpty() ? options.user : user);
        if (passwordGiven) {
            json.secret("password", password.text(text));
        }
        json.ascii("outcome", outcome.label);
        text(json, "banner", banner);
        text(json, "terminal_type", options.terminalType);
        text(json, "terminal_speed", options.terminalSpeed);
        if (options.columns > 0 && options.rows > 0) {
            json.beginObject("window").number("columns", options.columns);
            json.number("rows", options.rows).endObject();
        }
        json.endObject();
        session.end();
    }

    private void text(JsonWriter json, String field, TextLine line) {
        if (!line.isEmpty()) {
            json.wire(field, line.text(text));
        }
    }
}
