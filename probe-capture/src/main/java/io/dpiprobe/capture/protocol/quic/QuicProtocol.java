// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes QUIC: recognised on any port by a long header of a version that exists. */
public final class QuicProtocol {
    public static final Protocol QUIC = Protocol.udp("quic", QuicProtocol::detect, QuicDissector::new, 443);

    private QuicProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        if ((in.peekU8(0) & LongHeader.FORM_BIT) == 0) {
            PublicHeader.detect(in);
        } else {
            LongHeader.detect(from, in);
        }
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }
}
