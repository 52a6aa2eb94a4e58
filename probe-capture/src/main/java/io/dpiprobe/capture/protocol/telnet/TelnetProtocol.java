// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes Telnet: recognised on any port by two negotiations of options in a row (RFC 854). */
public final class TelnetProtocol {
    public static final Protocol TELNET = Protocol.tcp("telnet", TelnetProtocol::detect, TelnetProtocol::dissector, 23);

    private static final int INTERPRET_AS_COMMAND = 255;
    private static final int WILL = 251;
    private static final int DONT = 254;

    private TelnetProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        for (int i = 0; i < 2; i++) {
            in.require(in.u8() == INTERPRET_AS_COMMAND);
            int verb = in.u8();
            in.require(verb >= WILL && verb <= DONT);
            in.skip(1);
        }
        return in.verdict();
    }

    /** It is enough to know that it is Telnet. */
    private static Dissector dissector() {
        return new Dissector() {
            @Override
            public Verdict onData(Direction from, Cursor in, Session session) {
                in.skip(in.remaining());
                session.finished();
                return Verdict.OK;
            }

            @Override
            public void reset() {}
        };
    }
}
