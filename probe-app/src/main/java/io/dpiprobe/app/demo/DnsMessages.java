// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes questions and answers of DNS (RFC 1035, 4.1). */
final class DnsMessages {
    private static final int LONGEST = 512;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int ANSWER = 0x8180;
    private static final int NO_SUCH_NAME = 3;
    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int POINTER_TO_QUESTION = 0xc00c;
    private static final int TTL_SECONDS = 300;

    private DnsMessages() {}

    static byte[] query(int id, String name) {
        return written(question(id, RECURSION_DESIRED, 0, name));
    }

    static byte[] answer(int id, String name, Endpoint host) {
        ByteBuffer message = question(id, ANSWER, 1, name);
        message.putShort((short) POINTER_TO_QUESTION).putShort((short) TYPE_A).putShort((short) CLASS_IN);
        message.putInt(TTL_SECONDS).putShort((short) Integer.BYTES).putInt(host.address());
        return written(message);
    }

    static byte[] noSuchName(int id, String name) {
        return written(question(id, ANSWER | NO_SUCH_NAME, 0, name));
    }

    private static ByteBuffer question(int id, int flags, int answers, String name) {
        ByteBuffer message = ByteBuffer.allocate(LONGEST);
        message.putShort((short) id).putShort((short) flags).putShort((short) 1);
        message.putShort((short) answers).putShort((short) 0).putShort((short) 0);
        for (String label : name.split("\\.")) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return message.put((byte) 0).putShort((short) TYPE_A).putShort((short) CLASS_IN);
    }

    private static byte[] written(ByteBuffer message) {
        byte[] bytes = new byte[message.position()];
        message.flip().get(bytes);
        return bytes;
    }
}
