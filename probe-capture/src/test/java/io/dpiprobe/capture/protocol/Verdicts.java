// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.CollectedEvents;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.flow.Direction;
import java.util.Arrays;
import java.util.EnumSet;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks detectors and dissectors for their verdict directly, for tests: {@code Dialogue} hides it. */
public final class Verdicts {
    private Verdicts() {}

    /** What the detector says of the first bytes of one direction. */
    public static Verdict detect(Protocol protocol, Direction from, byte[] bytes) {
        return protocol.detector().detect(from, cursor(bytes));
    }

    /** What a new dissector says of these bytes; no events are wanted. */
    public static Verdict read(Protocol protocol, Direction from, byte[] bytes) {
        return read(protocol.dissector().get(), from, bytes);
    }

    /** What a dissector that has read before says of these bytes; no events are wanted. */
    public static Verdict read(Dissector dissector, Direction from, byte[] bytes) {
        EventIdentity identity = new EventIdentity("test", "00000000", 0);
        EventWriter events =
                new EventWriter(new CollectedEvents(), identity, PacketNumbers.HIDDEN, EnumSet.noneOf(EventType.class));
        return dissector.onData(from, cursor(bytes), new Session(events));
    }

    /** True if a new dissector wants more of every part of these bytes that lacks their end, and then no more. */
    public static boolean asksForMoreOfEveryPrefix(Protocol protocol, Direction from, byte[] bytes) {
        for (int length = 0; length < bytes.length; length++) {
            if (read(protocol, from, Arrays.copyOf(bytes, length)) != Verdict.NEED_MORE) {
                return false;
            }
        }
        return read(protocol, from, bytes) == Verdict.OK;
    }

    /** True if these bytes are recognised, and every part of them that lacks their end is still undecided. */
    public static boolean recognisesNothingLess(Protocol protocol, Direction from, byte[] bytes) {
        for (int length = 0; length < bytes.length; length++) {
            if (detect(protocol, from, Arrays.copyOf(bytes, length)) != Verdict.NEED_MORE) {
                return false;
            }
        }
        return detect(protocol, from, bytes) == Verdict.OK;
    }

    private static Cursor cursor(byte[] bytes) {
        return new Cursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
