// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mysql;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes MySQL: recognised on any port by the greeting of its server. */
public final class MysqlProtocol {
    public static final Protocol MYSQL = Protocol.tcp("mysql", MysqlProtocol::detect, MysqlDissector::new, 3306);

    private MysqlProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(from == Direction.TO_CLIENT);
        int length = MysqlDissector.length(in);
        in.require(length >= Greeting.MIN_LENGTH && length <= Greeting.MAX_LENGTH);
        in.require(in.u8() == 0); // number of the packet
        in.require(in.u8() == Greeting.PROTOCOL);
        int digit = in.u8(); // of the version
        in.require(digit >= '0' && digit <= '9');
        return in.verdict();
    }
}
