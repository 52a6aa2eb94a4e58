// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.ntlm.SecurityTokens;
import io.dpiprobe.capture.protocol.text.ByteStore;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the event of a command. EVE does not know IMAP, so that all of it is under the {@code probe} object. Shared by
 * the flows of a worker.
 */
final class ImapEvent {
    private final SecurityTokens tokens = new SecurityTokens();
    private final UnsafeBuffer plain = new UnsafeBuffer(new byte[ImapCommand.MAX_TEXT_BYTES]);
    private final Slice piece = new Slice();
    private final Slice code = new Slice();

    /**
     * Writes it.
     *
     * @param greeting what the server began with, in the first event
     * @param status the line that completes the command, behind the tag; empty if none came
     */
    void write(ImapCommand command, ByteStore greeting, Slice status, Session session) {
        session.begin(EventType.IMAP, Direction.TO_SERVER);
        JsonWriter json = session.probe().beginObject("imap");
        text("greeting", greeting, json);
        text("tag", command.tag, json);
        json.ascii("command", command.name.label());
        request(command, json);
        status(status, json);
        json.endObject();
        token(command, json);
        if (command.cut) {
            json.markTruncated();
        }
        session.end();
    }

    private void request(ImapCommand command, JsonWriter json) {
        if (command.name == CommandName.LOGIN) {
            argument("user", 0, command, json);
        } else if (command.name == CommandName.AUTHENTICATE) {
            argument("mechanism", 0, command, json);
            text("user", command.user, json);
        } else if (command.name == CommandName.ID) {
            identity(command, json);
        } else if (command.name.isOfMailbox()) {
            argument("mailbox", 0, command, json);
            argument("new_mailbox", 1, command, json);
        }
        if (command.name == CommandName.APPEND) {
            json.number("size", command.size);
        }
        if (command.clearTextPassword) {
            password(command, json);
        }
    }

    private void password(ImapCommand command, JsonWriter json) {
        piece.clear();
        if (!command.password.isEmpty()) {
            command.password.get(0, piece);
        }
        boolean escaped = command.name == CommandName.LOGIN && command.isEscaped(1);
        json.secret("password", escaped ? unescape() : piece);
        json.bool("clear_text_password", true);
    }

    /** Fields with their values, of which two are well known (RFC 2971, 3.3). */
    private void identity(ImapCommand command, JsonWriter json) {
        for (int i = 0; i + 1 < command.arguments.count(); i += 2) {
            command.arguments.get(i, piece);
            if (piece.equalsIgnoreCase("name")) {
                argument("client_name", i + 1, command, json);
            } else if (piece.equalsIgnoreCase("version")) {
                argument("client_version", i + 1, command, json);
            }
        }
    }

    private void argument(String field, int index, ImapCommand command, JsonWriter json) {
        if (index >= command.arguments.count()) {
            return;
        }
        command.arguments.get(index, piece);
        json.wire(field, command.isEscaped(index) ? unescape() : piece);
    }

    /** What a backslash is in front of stands for itself. */
    private Slice unescape() {
        int length = 0;
        for (int i = 0; i < piece.length(); i++) {
            if (piece.u8(i) == '\\' && i + 1 < piece.length()) {
                i++;
            }
            plain.putByte(length++, (byte) piece.u8(i));
        }
        return piece.wrap(plain, 0, length);
    }

    private void text(String field, ByteStore store, JsonWriter json) {
        if (!store.isEmpty()) {
            json.wire(field, store.get(0, piece));
        }
    }

    /** {@code OK}, {@code NO} or {@code BAD}, and a code in brackets if there is one (RFC 9051, 7.1). */
    private void status(Slice status, JsonWriter json) {
        if (status.isEmpty()) {
            return;
        }
        int end = wordEnd(status, 0);
        json.wire("status", piece.wrap(status.buffer(), status.offset(), end));
        if (end + 1 < status.length() && status.u8(end + 1) == '[') {
            int from = end + 2;
            code.wrap(status.buffer(), status.offset() + from, wordEnd(status, from) - from);
            json.wire("response_code", code);
        }
    }

    private static int wordEnd(Slice text, int from) {
        int end = from;
        while (end < text.length() && text.u8(end) != ' ' && text.u8(end) != ']') {
            end++;
        }
        return end;
    }

    private void token(ImapCommand command, JsonWriter json) {
        tokens.clear();
        if (!command.clientToken.isEmpty()) {
            tokens.fromClient(command.clientToken.get(0, piece));
        }
        if (!command.serverToken.isEmpty()) {
            tokens.fromServer(command.serverToken.get(0, code));
        }
        tokens.write(json);
    }
}
