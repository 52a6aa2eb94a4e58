// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes RDP: recognised on any port by its X.224 connection request or confirm. */
public final class RdpProtocol {
    public static final Protocol RDP = Protocol.tcp("rdp", RdpProtocol::detect, RdpDissector::new, 3389);

    private RdpProtocol() {}

    /** Others connect by X.224 too; RDP's variable part is a cookie, a negotiation or nothing. */
    private static Verdict detect(Direction from, Cursor in) {
        boolean client = from == Direction.TO_SERVER;
        in.require(in.u8() == Tpkt.VERSION);
        in.require(in.u8() == 0);
        int variable = in.u16() - Tpkt.HEADER - ConnectionPdu.FIXED;
        in.require(variable >= 0 && in.u8() == variable + ConnectionPdu.FIXED - 1);
        in.require(in.u8() == (client ? ConnectionPdu.REQUEST : ConnectionPdu.CONFIRM));
        in.require(in.u16() == 0); // destination: not known yet, and unused by servers
        in.skip(3);
        if (variable > 0) {
            int first = in.u8();
            in.require(client ? first == 'C' || first == Negotiation.REQUEST : Negotiation.isAnswer(first));
        }
        return in.verdict();
    }
}
