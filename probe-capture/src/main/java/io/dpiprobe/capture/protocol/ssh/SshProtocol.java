// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ssh;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes SSH: recognised by its identification string on any port. */
public final class SshProtocol {
    public static final Protocol SSH = Protocol.tcp("ssh", SshProtocol::detect, SshDissector::new, 22);

    private SshProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(in.u8() == 'S');
        in.require(in.u8() == 'S');
        in.require(in.u8() == 'H');
        in.require(in.u8() == '-');
        return in.verdict();
    }
}
