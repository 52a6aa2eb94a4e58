// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes Telnet: recognised on any port by two negotiations of options in a row (RFC 854). */
public final class TelnetProtocol {
    public static final Protocol TELNET = Protocol.tcp("telnet", TelnetProtocol::detect, TelnetDissector::new, 23);

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
}
