// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes NTP: its messages have no mark of their own, so that it is looked for on its port alone. */
public final class NtpProtocol {
    public static final Protocol NTP =
            Protocol.udp("ntp", NtpProtocol::detect, NtpDissector::new, 123).onOwnPorts();

    private NtpProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        int flags = in.u8();
        in.require(NtpDissector.version(flags) >= 1 && NtpDissector.version(flags) <= NtpDissector.LAST_VERSION);
        in.require(NtpDissector.mode(flags) != 0);
        return in.verdict();
    }
}
