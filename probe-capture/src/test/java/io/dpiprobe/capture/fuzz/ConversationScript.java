// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Describes who sends what in one conversation, in a form that is easy to change at random and that captures can be
 * turned into.
 *
 * <pre>
 *   0  transport: even UDP, odd TCP        1  server's port u16
 *   3  parts: action u8 (0 client sends, 1 server sends, 2 client's bytes get lost, 3 server's, modulo 4),
 *      length u16, bytes (none for what is lost)
 * </pre>
 */
final class ConversationScript {
    private static final int HEAD_BYTES = 3;
    private static final int PART_HEAD_BYTES = 3;
    private static final int MAX_PAYLOAD = 0xFFFF - 100;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ConversationScript(boolean tcp, int serverPort) {
        bytes.write(tcp ? 1 : 0);
        u16(serverPort);
    }

    ConversationScript sends(Direction direction, byte[] payload) {
        bytes.write(direction == Direction.TO_SERVER ? 0 : 1);
        u16(payload.length);
        bytes.writeBytes(payload);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    int size() {
        return bytes.size();
    }

    private void u16(int value) {
        bytes.write(value >> 8);
        bytes.write(value);
    }

    /** Plays a script, whatever its bytes are, against a new pipeline. */
    static Dialogue play(byte[] script) {
        if (script.length < HEAD_BYTES) {
            return Dialogue.udp(53).close();
        }
        boolean tcp = (script[0] & 1) != 0;
        int port = u16(script, 1);
        Dialogue dialogue = tcp ? Dialogue.tcp(port) : Dialogue.udp(port);
        int at = HEAD_BYTES;
        while (at + PART_HEAD_BYTES <= script.length) {
            int length = Math.min(u16(script, at + 1), MAX_PAYLOAD);
            int end = Math.min(at + PART_HEAD_BYTES + length, script.length);
            byte[] payload = Arrays.copyOfRange(script, at + PART_HEAD_BYTES, end);
            switch (script[at] & 3) {
                case 0 -> dialogue.client(payload);
                case 1 -> dialogue.server(payload);
                case 2 -> dialogue.clientLoses(length);
                default -> dialogue.serverLoses(length);
            }
            boolean lost = (script[at] & 2) != 0;
            at = lost ? at + PART_HEAD_BYTES : end;
        }
        return dialogue.close();
    }

    private static int u16(byte[] script, int at) {
        return ((script[at] & 0xFF) << 8) | (script[at + 1] & 0xFF);
    }
}
