// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.Dialogue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Plays an SMB2 client that works with files of a share, and the server that grants everything. */
final class ShareSession {
    static final int OPEN = 1;
    static final int CREATE = 2;

    private static final int RESPONSE = 1;
    private static final int ASYNC = 2;
    private static final int PENDING = 0x103;
    private static final long SESSION = 0x5001;
    private static final long USER_FILE = 0x77;
    private static final int RENAME_INFORMATION = 10;
    private static final int DISPOSITION_INFORMATION = 13;

    private final Dialogue dialogue;
    private long messageId;
    private long fileId;

    ShareSession(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Logs in with NTLM. */
    ShareSession login(String domain, String user) {
        byte[] token = authenticate(domain, user, "WS1");
        byte[] body = new byte[24 + token.length];
        ByteBuffer out = little(body).position(12);
        out.putShort((short) (Smb2Header.BYTES + 24)).putShort((short) token.length);
        out.position(24).put(token);
        return exchange(Smb2Command.SESSION_SETUP, body, new byte[8]);
    }

    ShareSession connect(String share) {
        return connect(share, 1);
    }

    ShareSession connectToPipes(String share) {
        return connect(share, 2);
    }

    private ShareSession connect(String share, int type) {
        byte[] path = share.getBytes(StandardCharsets.UTF_16LE);
        byte[] body = new byte[8 + path.length];
        ByteBuffer out = little(body).position(4);
        out.putShort((short) (Smb2Header.BYTES + 8))
                .putShort((short) path.length)
                .put(path);
        byte[] tree = new byte[16];
        tree[2] = (byte) type;
        return exchange(Smb2Command.TREE_CONNECT, body, tree);
    }

    /** Opens a file, which then is the one that all else is done to. */
    ShareSession open(String name, int disposition) {
        return open(name, disposition, 0);
    }

    ShareSession open(String name, int disposition, int options) {
        byte[] path = name.getBytes(StandardCharsets.UTF_16LE);
        byte[] body = new byte[56 + path.length];
        ByteBuffer out = little(body).position(36);
        out.putInt(disposition).putInt(options);
        out.putShort((short) (Smb2Header.BYTES + 56)).putShort((short) path.length);
        out.position(56).put(path);
        fileId++;
        byte[] answer = new byte[88];
        little(answer).putInt(4, disposition).putLong(64, fileId).putLong(72, USER_FILE);
        return exchange(Smb2Command.CREATE, body, answer);
    }

    ShareSession read(byte[] content) {
        return exchange(Smb2Command.READ, readRequest(0), readResponse(content));
    }

    /** Reads what the server has only after a while. */
    ShareSession await(byte[] content, long offset) {
        dialogue.client(message(Smb2Command.READ, 0, 0, readRequest(offset)));
        dialogue.server(message(Smb2Command.READ, RESPONSE | ASYNC, PENDING, new byte[9]));
        dialogue.server(message(Smb2Command.READ, RESPONSE | ASYNC, 0, readResponse(content)));
        messageId++;
        return this;
    }

    private byte[] readRequest(long offset) {
        byte[] body = new byte[48];
        little(body).putLong(8, offset).putLong(16, fileId).putLong(24, USER_FILE);
        return body;
    }

    private static byte[] readResponse(byte[] content) {
        byte[] answer = new byte[16 + content.length];
        ByteBuffer out = little(answer).position(2);
        out.put((byte) (Smb2Header.BYTES + 16)).put((byte) 0).putInt(content.length);
        out.position(16).put(content);
        return answer;
    }

    ShareSession write(byte[] content) {
        return write(content, 0);
    }

    ShareSession write(byte[] content, long offset) {
        byte[] body = new byte[48 + content.length];
        ByteBuffer out = little(body).position(2);
        out.putShort((short) (Smb2Header.BYTES + 48)).putInt(content.length).putLong(offset);
        out.putLong(fileId).putLong(USER_FILE).position(48).put(content);
        return exchange(Smb2Command.WRITE, body, new byte[16]);
    }

    ShareSession rename(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_16LE);
        byte[] info = new byte[20 + path.length];
        little(info).putInt(16, path.length).position(20).put(path);
        return setInfo(RENAME_INFORMATION, info);
    }

    ShareSession delete() {
        return setInfo(DISPOSITION_INFORMATION, new byte[] {1});
    }

    ShareSession close() {
        byte[] body = new byte[24];
        little(body).putLong(8, fileId).putLong(16, USER_FILE);
        return exchange(Smb2Command.CLOSE, body, new byte[60]);
    }

    /** A message of SMB3 that is encrypted. */
    ShareSession encrypted(boolean fromClient, int length) {
        byte[] message = new byte[4 + length];
        ByteBuffer out = little(message);
        out.putShort(2, Short.reverseBytes((short) length)).position(4);
        out.put((byte) 0xfd).put((byte) 'S').put((byte) 'M').put((byte) 'B');
        out.putLong(4 + 44, SESSION);
        if (fromClient) {
            dialogue.client(message);
        } else {
            dialogue.server(message);
        }
        return this;
    }

    Dialogue dialogue() {
        return dialogue;
    }

    private ShareSession setInfo(int level, byte[] info) {
        byte[] body = new byte[32 + info.length];
        ByteBuffer out = little(body).position(2);
        out.put((byte) 1).put((byte) level).putInt(info.length).putShort((short) (Smb2Header.BYTES + 32));
        out.position(16);
        out.putLong(fileId).putLong(USER_FILE).put(info);
        return exchange(Smb2Command.SET_INFO, body, new byte[2]);
    }

    private ShareSession exchange(int command, byte[] request, byte[] response) {
        dialogue.client(message(command, 0, 0, request));
        dialogue.server(message(command, RESPONSE, 0, response));
        messageId++;
        return this;
    }

    private byte[] message(int command, int flags, int status, byte[] body) {
        byte[] bytes = new byte[4 + Smb2Header.BYTES + body.length];
        ByteBuffer out = little(bytes);
        out.putShort(2, Short.reverseBytes((short) (Smb2Header.BYTES + body.length)))
                .position(4);
        out.put((byte) 0xfe).put((byte) 'S').put((byte) 'M').put((byte) 'B');
        out.putShort((short) Smb2Header.BYTES).putShort((short) 0).putInt(status);
        out.putShort((short) command).putShort((short) 1).putInt(flags).putInt(0);
        out.putLong(messageId).putInt(0).putInt((flags & ASYNC) == 0 ? 1 : 7).putLong(SESSION);
        out.position(4 + Smb2Header.BYTES).put(body);
        return bytes;
    }

    /** An AUTHENTICATE_MESSAGE ([MS-NLMP], 2.2.1.3) without answers to the challenge. */
    static byte[] authenticate(String domain, String user, String host) {
        int fixed = 64;
        String all = domain + user + host;
        byte[] message = new byte[fixed + 2 * all.length()];
        ByteBuffer out = little(message);
        out.put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).putInt(3).position(28);
        int offset = fixed;
        for (String each : new String[] {domain, user, host}) {
            out.putShort((short) (2 * each.length()))
                    .putShort((short) (2 * each.length()))
                    .putInt(offset);
            offset += 2 * each.length();
        }
        out.putInt(60, 1); // NTLMSSP_NEGOTIATE_UNICODE
        out.position(fixed).put(all.getBytes(StandardCharsets.UTF_16LE));
        return message;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
