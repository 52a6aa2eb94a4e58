// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.bittorrent;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.UnreadDissector;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Describes the distributed hash table of BitTorrent: each message is a dictionary whose first key is the arguments of a
 * query, the values of a response or an error (BEP 5), or the address of whom it answers (BEP 42).
 */
public final class BittorrentProtocol {
    public static final Protocol DHT = Protocol.udp("bittorrent-dht", BittorrentProtocol::detect, UnreadDissector::new);

    private static final String[] BEGINNINGS = {"d1:ad2:id20:", "d1:rd2:id20:", "d1:eli20", "d2:ip6:"};

    private BittorrentProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        for (String each : BEGINNINGS) {
            int same = 0;
            while (same < each.length() && same < in.remaining() && in.peekU8(same) == each.charAt(same)) {
                same++;
            }
            if (same == each.length()) {
                return Verdict.OK;
            }
        }
        return Verdict.INVALID;
    }
}
