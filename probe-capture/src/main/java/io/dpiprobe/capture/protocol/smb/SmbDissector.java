// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
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
    @Bound(of = "bytes read of a message", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    static final int HEAD_BYTES = 16 * 1024;
    /** Bytes read of a message that begins with a read or a write: a bind with forty contexts fits. */
    @Bound(of = "bytes read of a message with data", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    static final int DATA_HEAD_BYTES = 2048;
    /** Requests in one compound that are read: clients send three or four. */
    @Bound(of = "requests of a compound", then = "further ones are not read")
    static final int MAX_COMPOUND = 64;

    private static final int FRAME_BYTES = 4;
    /** Where the command of an SMB2 message is, from the start of its frame. */
    private static final int COMMAND_AT = FRAME_BYTES + 12;

    /** Behind protocol, signature, nonce, size, reserved and flags of a transform header ([MS-SMB2], 2.2.41). */
    private static final int SESSION_ID_AT = 4 + 16 + 16 + 4 + 2 + 2;
    /** Commands in one SMB1 message that are read: three or four are sensible. */
    @Bound(of = "commands of a message of SMB 1", then = "further ones are not read")
    private static final int MAX_CHAIN = 16;

    private final Connection connection = new Connection();
    private final Smb2Header header = new Smb2Header();
    private final Smb2Requests requests = new Smb2Requests(connection);
    private final Smb2Responses responses = new Smb2Responses(connection);
    private final Smb1Header smb1Header = new Smb1Header();
    private final Smb1Block block = new Smb1Block();
    private final Smb1Requests smb1Requests = new Smb1Requests(connection);
    private final Smb1Responses smb1Responses = new Smb1Responses(connection);
    private final Cursor message = new Cursor();
    private final Slice passed = new Slice();
    private final int[] unread = new int[2];
    private final boolean[] lost = new boolean[2];

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int side = from.ordinal();
        if (unread[side] > 0) {
            in.slice(Math.min(unread[side], in.remaining()), passed);
            unread[side] -= passed.length();
            connection.transfers.onMore(from, passed, session);
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
        connection.transfers.endMessage(from);
        return onMessage(from, length, session) ? Verdict.OK : Verdict.INVALID;
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        int side = from.ordinal();
        lost[side] |= bytes > unread[side];
        connection.transfers.onLost(from, Math.min(bytes, unread[side]), session);
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
        int version = in.peekU8(0);
        if (version == ENCRYPTED || version == COMPRESSED) {
            return Math.min(length, Smb2Header.BYTES);
        }
        int most = HEAD_BYTES;
        if (length >= Smb2Header.BYTES && version == SMB2) {
            int command = in.peekU8(COMMAND_AT - FRAME_BYTES);
            boolean data = command == Smb2Command.READ || command == Smb2Command.WRITE;
            most = data ? DATA_HEAD_BYTES : HEAD_BYTES;
        }
        return Math.min(length, most);
    }

    /** Reads one message; false if it is not SMB. */
    private boolean onMessage(Direction from, int length, Session session) {
        int version = message.peekU8(0);
        switch (version) {
            case SMB2 -> readCompound(session);
            case SMB1 -> readSmb1(session);
            default -> {
                return onUnreadable(from, version, length, session);
            }
        }
        return true;
    }

    private boolean onUnreadable(Direction from, int version, int length, Session session) {
        if (version == ENCRYPTED) {
            message.skip(SESSION_ID_AT);
            connection.activity.onEncrypted(from, message.u64le(), length, session);
        } else if (version == COMPRESSED) {
            connection.activity.onCompressed(from, length, session);
        }
        return version == ENCRYPTED || version == COMPRESSED;
    }

    private void readCompound(Session session) {
        int start = 0;
        for (int i = 0; i < MAX_COMPOUND; i++) {
            if (i == 0) {
                header.readFirst(message);
            } else {
                header.read(message);
            }
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

    private void readSmb1(Session session) {
        smb1Header.read(message);
        int offset = message.consumed();
        for (int i = 0; i < MAX_CHAIN; i++) {
            if (message.failed() || !block.read(smb1Header, message)) {
                return;
            }
            int next = block.nextCommand;
            if (smb1Header.response) {
                smb1Responses.read(smb1Header, block, session);
            } else {
                smb1Requests.read(smb1Header, block, session);
            }
            if (next == Smb1Command.NONE || block.nextOffset <= offset) {
                return;
            }
            offset = block.nextOffset;
            smb1Header.command = next;
            message.seek(offset);
        }
    }
}
