// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.UnreadDissector;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes TDS: recognised on any port by a client's pre-login or log-in, and on its own by what comes later. */
public final class TdsProtocol {
    public static final Protocol TDS = Protocol.tcp("tds", TdsProtocol::detect, TdsDissector::new, TdsProtocol.PORT);
    /** A connection whose beginning was not seen: its log-in is over, and nothing else is read. */
    public static final Protocol MIDSTREAM = Protocol.tcp(
                    "tds", new RequestDetector(), UnreadDissector::new, TdsProtocol.PORT)
            .onOwnPorts();

    private static final int PORT = 1433;

    private TdsProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(from == Direction.TO_SERVER);
        int type = in.u8();
        in.require(type == TdsDissector.PRELOGIN || type == TdsDissector.LOGIN);
        in.require(in.u8() == TdsDissector.END_OF_MESSAGE);
        int length = in.u16();
        in.require(length > TdsDissector.HEADER && length <= TdsDissector.MAX_LENGTH);
        in.skip(3); // process, number
        in.require(in.u8() == 0); // window
        if (type == TdsDissector.PRELOGIN) {
            in.require(in.u16() == 0); // the first option is the version, and lies not far behind the list
        } else {
            in.require(in.u32le() == length - TdsDissector.HEADER);
        }
        return in.verdict();
    }
}
