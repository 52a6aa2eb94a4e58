// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.Arrays;

/** Follows an SMB connection, message by message: the head of each is read, the data of reads and writes passed over. */
final class SmbDissector implements Dissector {
    static final int COMPRESSED = 0xfc;
    static final int ENCRYPTED = 0xfd;
    static final int SMB2 = 0xfe;
    static final int SMB1 = 0xff;

    /** Bytes of a message that are read: log-ins, binds and compounds of the usual size fit. */
    static final int HEAD_BYTES = 16 * 1024;
    /** Bytes read of a message that begins with a read or a write: a bind with forty contexts fits. */
    static final int DATA_HEAD_BYTES = 2048;
    /** Requests in one compound that are read: clients send three or four. */
    static final int MAX_COMPOUND = 64;

    private static final int FRAME_BYTES = 4;
    /** Where the command of an SMB2 message is, from the start of its frame. */
    private static final int COMMAND_AT = FRAME_BYTES + 12;

    private static final int SMB1_NEGOTIATE = 0x72;

    private final Connection connection = new Connection();
    private final Smb2Header header = new Smb2Header();
    private final Smb2Requests requests = new Smb2Requests(connection);
    private final Smb2Responses responses = new Smb2Responses(connection);
    private final Cursor message = new Cursor();
    private final int[] unread = new int[2];
    private final boolean[] lost = new boolean[2];

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int side = from.ordinal();
        if (unread[side] > 0) {
            int passed = Math.min(unread[side], in.remaining());
            unread[side] -= passed;
            in.skip(passed);
            return Verdict.OK;
        }
        if (lost[side] && !findFrame(side, in)) {
            return in.verdict();
        }
        int type = in.u8();
        int length = in.u24();
        if (type != SmbProtocol.SESSION_MESSAGE || length < FRAME_BYTES) {
            in.require(type == SmbProtocol.SESSION_MESSAGE || type >= SmbProtocol.SESSION_REQUEST);
            in.skip(length); // session requests and their answers, keep-alives
            return in.verdict();
        }
        int head = headOf(in, length);
        if (in.failed() || in.remaining() < head) {
            in.skip(head);
            return in.verdict();
        }
        message.wrap(in.buffer(), in.position(), head);
        in.skip(head);
        unread[side] = length - head;
        return onMessage(session) ? Verdict.OK : Verdict.INVALID;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        int side = from.ordinal();
        lost[side] |= bytes > unread[side];
        unread[side] = (int) Math.max(0, unread[side] - bytes);
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        connection.end(session);
    }

    @Override
    public void reset() {
        connection.reset();
        Arrays.fill(unread, 0);
        Arrays.fill(lost, false);
    }

    /** Passes over bytes behind a gap until a frame begins; false if there is none yet. */
    private boolean findFrame(int side, Cursor in) {
        while (in.remaining() >= 2 * FRAME_BYTES) {
            if (in.peekU8(0) == SmbProtocol.SESSION_MESSAGE
                    && in.peekU8(4) >= COMPRESSED
                    && in.peekU16(5) == SmbProtocol.IDENTIFIER >> 8
                    && in.peekU8(7) == (SmbProtocol.IDENTIFIER & 0xff)) {
                lost[side] = false;
                return true;
            }
            in.skip(1);
        }
        if (in.consumed() == 0) {
            in.skip(2 * FRAME_BYTES); // fails: asks for as many
        }
        return false;
    }

    private static int headOf(Cursor in, int length) {
        int most = HEAD_BYTES;
        if (length >= Smb2Header.BYTES && in.peekU8(0) == SMB2) {
            int command = in.peekU8(COMMAND_AT - FRAME_BYTES);
            boolean data = command == Smb2Command.READ || command == Smb2Command.WRITE;
            most = data ? DATA_HEAD_BYTES : HEAD_BYTES;
        }
        return Math.min(length, most);
    }

    /** Reads one message; false if it is not SMB. */
    private boolean onMessage(Session session) {
        int version = message.peekU8(0);
        switch (version) {
            case SMB2 -> readCompound(session);
            case SMB1 -> readSmb1(session);
            default -> {
                return version == COMPRESSED || version == ENCRYPTED;
            }
        }
        return true;
    }

    private void readCompound(Session session) {
        int start = 0;
        for (int i = 0; i < MAX_COMPOUND; i++) {
            header.read(message);
            if (message.failed()) {
                return;
            }
            long next = header.nextCommand;
            if (header.response) {
                responses.read(header, message, session);
            } else {
                requests.read(header, message, session);
            }
            if (next < Smb2Header.BYTES || message.failed() || next > Integer.MAX_VALUE - HEAD_BYTES) {
                return;
            }
            start += (int) next;
            message.seek(start);
        }
    }

    /** Of SMB1 only the negotiation that leads to SMB2 is followed. */
    private void readSmb1(Session session) {
        message.skip(4);
        int command = message.u8();
        message.skip(4);
        boolean request = (message.u8() & 0x80) == 0;
        message.seek(0);
        if (!message.failed() && command == SMB1_NEGOTIATE && request) {
            header.command = SmbEvent.SMB1_NEGOTIATE;
            header.messageId = 0;
            header.sessionId = 0;
            header.treeId = 0;
            connection.begin(Transaction.Kind.NEGOTIATE, header, session);
            connection.negotiation.readSmb1Request(message);
        }
    }
}
