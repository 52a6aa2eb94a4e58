// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes the name services: looked for on their ports, since the header has no signature. */
public final class NameServiceProtocol {
    public static final Protocol NBNS = Protocol.udp(
                    "nbns", NameServiceProtocol::detect, () -> new NameServiceDissector(NameService.NBNS), 137)
            .onOwnPorts();
    public static final Protocol LLMNR = Protocol.udp(
                    "llmnr", NameServiceProtocol::detect, () -> new NameServiceDissector(NameService.LLMNR), 5355)
            .onOwnPorts();

    public static final Protocol LLMNR_TCP = Protocol.tcp(
                    "llmnr",
                    NameServiceProtocol::detectInStream,
                    () -> new NameServiceStreamDissector(NameService.LLMNR),
                    5355)
            .onOwnPorts();

    private static final int HEADER_BYTES = 12;
    /** No message has more records of a kind than these that is not made up. */
    private static final int MAX_RECORDS = 64;

    private NameServiceProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        requireHeader(in);
        in.require(in.remaining() > 0);
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }

    private static Verdict detectInStream(Direction from, Cursor in) {
        in.require(in.u16() > HEADER_BYTES);
        requireHeader(in);
        return in.verdict();
    }

    private static void requireHeader(Cursor in) {
        in.skip(4);
        int records = 0;
        for (int section = 0; section < 4; section++) {
            int count = in.u16();
            in.require(count <= MAX_RECORDS);
            records += count;
        }
        in.require(records > 0);
    }
}
