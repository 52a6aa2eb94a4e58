// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Session;

/** Keeps what is irregular in one message and says so: each kind once. */
final class Irregularities {
    private final Direction from;
    private int noted;
    private int reported;
    private boolean crLfSeen;
    private boolean bareLfSeen;

    /** @param from who sends the message */
    Irregularities(Direction from) {
        this.from = from;
    }

    /** A new message begins. */
    void begin() {
        noted = 0;
        reported = 0;
        crLfSeen = false;
        bareLfSeen = false;
    }

    void note(Irregularity irregularity) {
        noted |= 1 << irregularity.ordinal();
    }

    /** A line of the header section has ended: line feeds alone are one style, mixed with the other they are not. */
    void onLineEnd(LineReader.LineEnd end) {
        switch (end) {
            case CR_LF -> crLfSeen = true;
            case LF -> bareLfSeen = true;
            case CR -> note(Irregularity.BARE_CR);
        }
        if (crLfSeen && bareLfSeen) {
            note(Irregularity.BARE_LF);
        }
    }

    /** Writes an anomaly for what was not reported yet, and keeps for the event what EVE has no name for. */
    void report(Transaction transaction, Session session) {
        int fresh = noted & ~reported;
        reported = noted;
        for (int i = 0; fresh != 0 && i < Irregularity.count(); i++) {
            if ((fresh & 1 << i) != 0) {
                report(Irregularity.at(i), transaction, session);
            }
        }
    }

    /** What a side did is known with the packet that acknowledges it, and EVE shows that one's direction. */
    private void report(Irregularity irregularity, Transaction transaction, Session session) {
        if (irregularity.isAnomaly(from)) {
            session.anomaly(from.opposite(), irregularity.name(from), transaction.number);
        } else if (from == Direction.TO_SERVER) {
            transaction.requestMarks |= 1 << irregularity.ordinal();
        } else {
            transaction.responseMarks |= 1 << irregularity.ordinal();
        }
    }

    /** Writes what was kept for the event of an exchange. */
    static void write(Transaction transaction, JsonWriter probe) {
        probe.beginObject("http");
        write("request_irregular", Direction.TO_SERVER, transaction.requestMarks, probe);
        write("response_irregular", Direction.TO_CLIENT, transaction.responseMarks, probe);
        probe.endObject();
    }

    private static void write(String name, Direction from, int marks, JsonWriter probe) {
        if (marks == 0) {
            return;
        }
        probe.beginArray(name);
        for (int i = 0; i < Irregularity.count(); i++) {
            if ((marks & 1 << i) != 0) {
                probe.asciiItem(Irregularity.at(i).name(from));
            }
        }
        probe.endArray();
    }
}
