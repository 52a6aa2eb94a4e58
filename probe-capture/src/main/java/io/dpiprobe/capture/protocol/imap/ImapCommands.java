// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.text.ByteStore;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps the commands of a connection that are not answered yet, and the one that is being read. */
final class ImapCommands {
    /** Commands under way: clients that pipeline send a handful. */
    @Bound(of = "commands that wait for their completion", then = "the oldest is written as it is")
    static final int MAX_PENDING = 32;
    /** Bytes kept of the greeting, until the first event. */
    @Bound(of = "the greeting", then = "the rest is left out", unit = Bound.Unit.BYTES)
    static final int MAX_GREETING_BYTES = 256;

    private final ArrayList<ImapCommand> pending = new ArrayList<>();
    private final ByteStore greeting = new ByteStore(1, MAX_GREETING_BYTES);
    private final Slice word = new Slice();
    private final Slice status = new Slice();
    private @Nullable ImapCommand reading;
    private @Nullable ImapCommand authenticating;
    private boolean begun;

    void reset() {
        pending.clear();
        greeting.clear();
        reading = null;
        authenticating = null;
        begun = false;
    }

    /** The client sends a line: a command, more of one behind a literal, or what answers a challenge. */
    void onLine(Slice line, Session session) {
        if (reading != null) {
            reading.onText(line, session);
        } else if (authenticating != null && wordLength(line, 0) == line.length()) {
            session.shared(SaslAnswers.class, SaslAnswers::new).take(line, authenticating, session.secrets());
        } else {
            begin(line, session);
        }
    }

    private void begin(Slice line, Session session) {
        begun = true;
        authenticating = null;
        int end = wordLength(line, 0);
        word.wrap(line.buffer(), line.offset(), end);
        ImapCommand command = session.shared(Spare.class, Spare::new).take();
        boolean unused = command.tag.add(word);
        word.wrap(line.buffer(), line.offset(), line.length());
        word.advance(Math.min(line.length(), end + 1));
        command.name = CommandName.at(word);
        reading = command;
        if (command.name.hasEvent()) {
            if (pending.size() == MAX_PENDING) {
                status.clear();
                write(pending.remove(0), session);
            }
            pending.add(command);
            word.advance(command.name.label().length());
            command.onText(word, session);
        }
    }

    /** The rest of the line at hand is not looked at. */
    void onCut(boolean cut) {
        if (reading != null) {
            reading.cut |= cut && reading.name.kept() > 0;
        }
    }

    /** The line at hand announces a literal; true if it is wanted. */
    boolean onLiteral(long bytes) {
        return reading != null && reading.onLiteral(bytes);
    }

    void onLiteral(Slice literal, Session session) {
        if (reading != null) {
            reading.onArgument(literal, session);
        }
    }

    /** The command at hand is complete. */
    void onWhole(Session session) {
        if (reading != null && reading.name == CommandName.AUTHENTICATE) {
            authenticating = reading;
        } else if (reading != null && !reading.name.hasEvent()) {
            session.shared(Spare.class, Spare::new).give(reading);
        }
        reading = null;
    }

    /** What is left of the command at hand does not come, or cannot be told. */
    void abandon() {
        reading = null;
        authenticating = null;
    }

    /** True if the command with the tag in front of a line is not complete. */
    boolean isReading(Slice line, int tagLength) {
        return reading != null && hasTag(reading, line, tagLength);
    }

    /** The server greets, says something, or challenges the client. */
    void onUntagged(Slice line, Session session) {
        if (line.u8(0) == '+' && authenticating != null) {
            line.advance(Math.min(line.length(), 2));
            session.shared(SaslAnswers.class, SaslAnswers::new).challenge(line, authenticating);
        } else if (!begun && ImapProtocol.isGreeting(line)) {
            line.advance(2);
            boolean unused = greeting.add(line);
        }
        begun = true;
    }

    /** Writes the event of the command that a line completes, and says which it was. */
    CommandName onCompletion(Slice line, int tagLength, Session session) {
        for (int i = 0; i < pending.size(); i++) {
            ImapCommand command = pending.get(i);
            if (hasTag(command, line, tagLength)) {
                pending.remove(i);
                status.wrap(line.buffer(), line.offset(), line.length());
                status.advance(Math.min(line.length(), tagLength + 1));
                CommandName name = command.name;
                write(command, session);
                return name;
            }
        }
        return CommandName.OTHER;
    }

    /** Writes those that were not answered. */
    void end(Session session) {
        status.clear();
        for (int i = 0; i < pending.size(); i++) {
            write(pending.get(i), session);
        }
        pending.clear();
    }

    private void write(ImapCommand command, Session session) {
        session.shared(ImapEvent.class, ImapEvent::new).write(command, greeting, status, session);
        greeting.clear();
        if (command == authenticating) {
            authenticating = null;
        }
        if (command != reading) {
            session.shared(Spare.class, Spare::new).give(command);
        }
    }

    private boolean hasTag(ImapCommand command, Slice line, int length) {
        command.tag.get(0, word);
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.u8(i) != line.u8(i)) {
                return false;
            }
        }
        return true;
    }

    private static int wordLength(Slice text, int from) {
        int end = from;
        while (end < text.length() && text.u8(end) != ' ') {
            end++;
        }
        return end;
    }

    /** Keeps commands of a worker that can be used again: a connection at rest holds none. */
    private static final class Spare {
        private final ArrayList<ImapCommand> spare = new ArrayList<>();

        ImapCommand take() {
            return spare.isEmpty()
                    ? new ImapCommand()
                    : spare.remove(spare.size() - 1).clear();
        }

        void give(ImapCommand command) {
            if (spare.size() < MAX_PENDING) {
                spare.add(command);
            }
        }
    }
}
