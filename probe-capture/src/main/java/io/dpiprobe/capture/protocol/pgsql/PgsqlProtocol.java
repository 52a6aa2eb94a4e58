// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes PostgreSQL: recognised on any port by a client's first message. */
public final class PgsqlProtocol {
    public static final Protocol PGSQL = Protocol.tcp("pgsql", PgsqlProtocol::detect, PgsqlDissector::new, 5432);

    private PgsqlProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(from == Direction.TO_SERVER);
        int length = in.i32();
        int code = in.i32();
        in.require(OpeningMessage.isPossible(length, code));
        if (code >>> 16 == OpeningMessage.MAJOR_VERSION) {
            int first = in.u8(); // of a parameter's name
            in.require(first >= '_' && first <= 'z');
        }
        return in.verdict();
    }
}
