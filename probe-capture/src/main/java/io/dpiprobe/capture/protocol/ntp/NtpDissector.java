// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntp;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Writes one event for each NTP message (RFC 5905, 7.3). */
final class NtpDissector implements Dissector {
    static final int LAST_VERSION = 4;

    /** From here on messages have other fields: control (RFC 9327) and private use. */
    private static final int FIRST_OTHER_MODE = 6;
    /** Poll, precision, root delay and dispersion lie between stratum and reference. */
    private static final int BEFORE_REFERENCE = 10;

    private static final int TIMES = 32;

    private final Slice reference = new Slice();

    static int version(int flags) {
        return flags >> 3 & 7;
    }

    static int mode(int flags) {
        return flags & 7;
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int flags = in.u8();
        int stratum = in.u8();
        boolean other = mode(flags) >= FIRST_OTHER_MODE;
        in.require(version(flags) >= 1 && version(flags) <= LAST_VERSION);
        if (!other) {
            in.skip(BEFORE_REFERENCE);
            in.slice(4, reference);
            in.skip(TIMES);
        }
        if (!in.failed()) {
            session.nextTransaction();
            JsonWriter json = session.begin(EventType.NTP, from).beginObject("ntp");
            json.number("version", version(flags)).number("mode", mode(flags));
            if (!other) {
                json.number("stratum", stratum);
                writeReference(json);
            }
            json.endObject();
            session.end();
        }
        return in.verdict();
    }

    @Override
    public void reset() {}

    private void writeReference(JsonWriter json) {
        json.beginText("reference_id");
        for (int i = 0; i < reference.length(); i++) {
            if (i > 0) {
                json.append(':');
            }
            json.appendHex(reference.u8(i));
        }
        json.endText();
    }
}
