// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.telnet.TelnetEvent.Outcome;

/**
 * Follows log-ins: an event for each, until one is accepted.
 *
 * <p>A line is a prompt if the client begins to type while it has no end. So "Last login:" is none, however it is cut
 * into segments, and what a server asks is decided when the client answers, or when the connection ends.
 */
final class TelnetDissector implements Dissector {
    /** Bytes of both sides behind which no log-in is looked for, or waited for: long texts of welcome come to 10 KiB. */
    @Bound(of = "a connection before its log-in", then = "it is not dissected further", unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 64 * 1024;
    /** Lines behind a password that do not ask again: by then it was accepted. Banners that come again are shorter. */
    @Bound(of = "lines behind a password", then = "it counts as accepted")
    static final int MAX_LINES = 32;
    /** Lines behind a password in which a refusal is looked for: a text of welcome may have the same words. */
    @Bound(of = "lines in which a refusal is looked for", then = "it counts as accepted")
    static final int MAX_REFUSAL_LINES = 4;

    private final CommandFilter ofClient = new CommandFilter();
    private final CommandFilter ofServer = new CommandFilter();
    private final TextLine typed = new TextLine();
    private final TextLine shown = new TextLine();
    private final TelnetEvent event = new TelnetEvent();
    private final Slice text = new Slice();
    private State state = State.IDLE;
    private boolean asked;
    private int lines;
    private int bytes;

    private enum State {
        /** Nothing is asked. */
        IDLE,
        NAME,
        NAME_GIVEN,
        PASSWORD,
        PASSWORD_GIVEN,
        DONE
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        boolean client = from == Direction.TO_SERVER;
        CommandFilter filter = client ? ofClient : ofServer;
        while (in.hasRemaining() && state != State.DONE) {
            int octet = filter.next(in.u8());
            if (octet == CommandFilter.SUBNEGOTIATION) {
                onOption(client, filter, session);
            } else if (octet >= 0 && client) {
                onTyped(octet, session);
            } else if (octet >= 0) {
                onShown(octet, session);
            }
            if (++bytes > MAX_BYTES) {
                onEnd(session);
            }
        }
        if (state == State.DONE) {
            in.skip(in.remaining());
            session.finished();
        }
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long missing, Session session) {
        if (from == Direction.TO_SERVER) {
            ofClient.reset();
            onAnswer(session);
            typed.onLost();
        } else {
            ofServer.reset();
            shown.clear();
        }
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        boolean given = state == State.NAME_GIVEN || state == State.PASSWORD_GIVEN;
        if (state == State.PASSWORD || (given && event.isAttempt())) {
            write(given ? outcome() : Outcome.UNKNOWN, session);
        }
        state = State.DONE;
    }

    @Override
    public void reset() {
        ofClient.reset();
        ofServer.reset();
        typed.reset();
        shown.reset();
        event.reset();
        state = State.IDLE;
        asked = false;
        lines = 0;
        bytes = 0;
    }

    private void onOption(boolean client, CommandFilter filter, Session session) {
        filter.value(text);
        if (Options.startsEncryption(filter.option(), text)) {
            onEnd(session);
        } else if (client) {
            event.options.onValue(filter.option(), text);
        }
    }

    private void onTyped(int octet, Session session) {
        if (typed.completesReturn(octet)) {
            return;
        }
        onAnswer(session);
        boolean secret = state != State.NAME;
        if (state != State.DONE && typed.onTyped(octet, !secret || session.secrets() == Secrets.SHOWN)) {
            onTypedLine();
            typed.clear();
        }
    }

    /** A line may be typed before it is asked for: behind a name it is the password. */
    private void onTypedLine() {
        typed.text(text);
        if (state == State.NAME) {
            event.user.set(text);
            given(State.NAME_GIVEN);
        } else if (state == State.PASSWORD || (state == State.NAME_GIVEN && !text.isEmpty())) {
            event.password.set(text);
            event.passwordGiven = true;
            given(State.PASSWORD_GIVEN);
        }
    }

    private void given(State next) {
        state = next;
        shown.clear();
        lines = 0;
    }

    /** The client begins to answer: what has the server asked, or said? */
    private void onAnswer(Session session) {
        if (state == State.NAME || state == State.PASSWORD || state == State.DONE) {
            return;
        }
        shown.text(text);
        boolean name = Wording.asksForName(text);
        boolean password = Wording.asksForPassword(text) && !(isPasswordGiven() && Wording.asksForChange(text));
        boolean other = state == State.NAME_GIVEN && Wording.isPrompt(text); // in another language: of a password
        if (name || password || other) {
            if (isPasswordGiven()) {
                write(Outcome.REFUSED, session);
            }
            ask(name ? State.NAME : State.PASSWORD);
        } else if (state != State.IDLE && hasSpoken()) {
            onEnd(session);
        }
    }

    private void ask(State next) {
        state = next;
        asked = true;
        bytes = 0;
        if (next == State.NAME) {
            event.user.clear();
            if (!typed.isEmpty()) {
                typed.onLost(); // its beginning came too early to be kept
            }
        }
    }

    private void onShown(int octet, Session session) {
        boolean whole = shown.onShown(octet);
        if (whole) {
            shown.text(text);
            onShownLine(session);
            shown.clear();
        }
    }

    private void onShownLine(Session session) {
        if (state == State.IDLE && !asked && event.banner.isEmpty()) {
            event.banner.set(text);
        } else if (state == State.NAME_GIVEN || isPasswordGiven()) {
            if (Wording.isBlank(text) || isEcho() || Wording.asksForPassword(text)) {
                return;
            }
            lines++;
            if (refuses()) {
                write(Outcome.REFUSED, session);
                state = State.IDLE;
            } else if (lines == MAX_LINES) {
                onEnd(session);
            }
        }
    }

    /** What the server's last words mean if there are no more. */
    private Outcome outcome() {
        shown.text(text);
        boolean again = Wording.asksForPassword(text) && !Wording.asksForChange(text);
        if (refuses() || (isPasswordGiven() && (again || Wording.asksForName(text)))) {
            return Outcome.REFUSED;
        }
        boolean pending = state == State.NAME_GIVEN && Wording.isPrompt(text);
        return hasSpoken() && !pending ? Outcome.ACCEPTED : Outcome.UNKNOWN;
    }

    private boolean refuses() {
        return lines <= MAX_REFUSAL_LINES && Wording.refuses(text);
    }

    private boolean hasSpoken() {
        return lines > 0 || (!Wording.isBlank(text) && !isEcho());
    }

    private boolean isPasswordGiven() {
        return state == State.PASSWORD_GIVEN;
    }

    /** A server shows the end of a name it has received at once when the client has already sent all of it. */
    private boolean isEcho() {
        return state == State.NAME_GIVEN && event.user.endsWith(text);
    }

    private void write(Outcome outcome, Session session) {
        event.write(outcome, session);
        event.clearPassword();
    }
}
