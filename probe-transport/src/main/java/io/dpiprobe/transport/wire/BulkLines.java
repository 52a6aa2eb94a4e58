// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import io.dpiprobe.buffer.Batch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes events as the bulk interface wants them: before each a line that says under which id it is to be created, so
 * that one that comes again is a conflict and no duplicate.
 */
final class BulkLines {
    /** What a line with an action takes, about. */
    private static final int ACTION_BYTES = 96;

    private BulkLines() {}

    static byte[] of(String probeId, EventLines lines, Part part) {
        int length = lines.start(part.to()) - lines.start(part.from());
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + part.count() * ACTION_BYTES);
        Batch batch = lines.batch();
        String prefix =
                String.join("-", probeId, batch.epoch(), batch.lane().label(), Integer.toString(batch.worker()));
        byte[] action = ascii("{\"create\":{\"_id\":\"" + prefix + "-");
        byte[] end = ascii("\"}}\n");
        for (int line = part.from(); line < part.to(); line++) {
            out.writeBytes(action);
            out.writeBytes(ascii(Long.toString(lines.seq(line))));
            out.writeBytes(end);
            out.write(lines.plain(), lines.start(line), lines.start(line + 1) - lines.start(line));
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
