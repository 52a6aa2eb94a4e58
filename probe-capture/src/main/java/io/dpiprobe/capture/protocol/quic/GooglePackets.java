// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads packets of Google's QUIC that say their version, and the hello of a client in them. */
final class GooglePackets {
    private final GoogleHello hello = new GoogleHello();
    private final QuicEvent event;

    GooglePackets(QuicEvent event) {
        this.event = event;
    }

    /** True for a packet without a long header, or with one that names a version of Google's in clear; does not move. */
    static boolean isOne(Cursor in) {
        if ((in.peekU8(0) & LongHeader.FORM_BIT) == 0) {
            return true;
        }
        int version = LongHeader.readVersion(in);
        in.seek(0);
        return !in.failed() && QuicVersion.isGoogle(version) && version != QuicVersion.Q050;
    }

    void read(Direction from, Cursor in, Session session) {
        int first = in.peekU8(0);
        boolean isLong = (first & LongHeader.FORM_BIT) != 0;
        int version = isLong ? LongHeader.readVersion(in) : PublicHeader.readVersion(in);
        if (in.failed() || !QuicVersion.isGoogle(version)) {
            return;
        }
        if (from == Direction.TO_SERVER && QuicVersion.hasPlainHello(version)) {
            if (isLong) {
                PublicHeader.skipIds(first, in);
            } else {
                PublicHeader.skipNumber(first, in);
                in.skip(QuicVersion.hasPrivateFlags(version) ? 1 : 0);
            }
            if (hello.read(in, QuicVersion.frameOrder(version)) == Verdict.OK) {
                event.writeGoogleHello(version, hello, session);
                return;
            }
        }
        event.write(from, version, session);
    }

    /** Writes the event of an Initial packet and answers whether its CRYPTO frames completed the hello of a client. */
    boolean writeSealed(Direction from, int version, Cursor data, Session session) {
        boolean isHello = from == Direction.TO_SERVER && hello.readUnframed(data) == Verdict.OK;
        if (isHello) {
            event.writeGoogleHello(version, hello, session);
        } else {
            event.write(from, version, session);
        }
        return isHello;
    }
}
