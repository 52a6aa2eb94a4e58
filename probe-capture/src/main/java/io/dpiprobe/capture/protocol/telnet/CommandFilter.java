// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.KeptBytes;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes commands out of one direction, byte by byte, and keeps the subnegotiation that has just ended (RFC 854, 855). */
final class CommandFilter {
    /** Answers of {@link #next} that are no text. */
    static final int NOTHING = -1;

    static final int SUBNEGOTIATION = -2;

    /** Longest subnegotiation kept: an environment of a dozen variables. */
    @Bound(of = "a subnegotiation of options", then = "its end is left out", unit = Bound.Unit.BYTES)
    static final int MAX_SUBNEGOTIATION = 1024;

    private static final int SUBNEGOTIATION_ENDS = 240;
    private static final int SUBNEGOTIATION_BEGINS = 250;
    private static final int WILL = 251;
    private static final int INTERPRET_AS_COMMAND = 255;

    private final KeptBytes kept = new KeptBytes(MAX_SUBNEGOTIATION);
    private final UnsafeBuffer single = new UnsafeBuffer(new byte[1]);
    private State state = State.TEXT;
    private int option;

    private enum State {
        TEXT,
        COMMAND,
        NEGOTIATION,
        OPTION,
        INSIDE,
        COMMAND_INSIDE
    }

    /** The byte if it is text, or that it is {@link #NOTHING}, or that with it a {@link #SUBNEGOTIATION} ends. */
    int next(int octet) {
        return switch (state) {
            case TEXT -> octet == INTERPRET_AS_COMMAND ? to(State.COMMAND) : octet;
            case COMMAND -> onCommand(octet);
            case NEGOTIATION -> to(State.TEXT);
            case OPTION -> onOption(octet);
            case INSIDE -> octet == INTERPRET_AS_COMMAND ? to(State.COMMAND_INSIDE) : keep(octet);
            case COMMAND_INSIDE -> onCommandInside(octet);
        };
    }

    /** Of the subnegotiation that has ended, as IANA numbers options. */
    int option() {
        return option;
    }

    /** What stands in the subnegotiation behind the option. */
    Slice value(Slice into) {
        return kept.slice(into);
    }

    void reset() {
        state = State.TEXT;
        kept.clear();
    }

    private int onCommand(int octet) {
        if (octet == INTERPRET_AS_COMMAND) {
            state = State.TEXT;
            return octet;
        }
        if (octet == SUBNEGOTIATION_BEGINS) {
            return to(State.OPTION);
        }
        return to(octet >= WILL ? State.NEGOTIATION : State.TEXT);
    }

    private int onOption(int octet) {
        option = octet;
        kept.clear();
        return to(State.INSIDE);
    }

    private int onCommandInside(int octet) {
        if (octet == INTERPRET_AS_COMMAND) {
            state = State.INSIDE;
            return keep(octet);
        }
        if (octet == SUBNEGOTIATION_ENDS) {
            state = State.TEXT;
            return SUBNEGOTIATION;
        }
        return onCommand(octet); // its end is missing
    }

    private int keep(int octet) {
        single.putByte(0, (byte) octet);
        kept.add(single, 0, 1);
        return NOTHING;
    }

    private int to(State next) {
        state = next;
        return NOTHING;
    }
}
