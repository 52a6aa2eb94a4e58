// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;

/** Writes the {@code smb_activity} event of one row. */
final class ActivityEvent {
    private static final int HUNDREDTHS = 100;

    void write(ActivityRow row, long startNs, EventWriter events) {
        JsonWriter json = events.begin(EventType.SMB_ACTIVITY);
        json.address("src_ip", row.ipVersion, row.clientHi, row.clientLo);
        json.address("dest_ip", row.ipVersion, row.serverHi, row.serverLo);
        json.beginObject("smb_activity");
        json.timestamp("start", startNs).timestamp("end", events.timestampNs());
        if (!row.share.isEmpty()) {
            json.wire("share", row.share.text());
        }
        if (!row.user.isEmpty()) {
            json.wire("domain", row.domain.text()).wire("user", row.user.text());
        }
        writeFiles(json, row);
        writeUnreadable(json, "encrypted", row.sealedMessages, row.sealedBytes);
        writeUnreadable(json, "compressed", row.compressedMessages, row.compressedBytes);
        json.endObject();
        events.end(0);
    }

    private static void writeFiles(JsonWriter json, ActivityRow row) {
        json.number("files_created", row.filesCreated).number("files_overwritten", row.filesOverwritten);
        json.number("files_read", row.filesRead).number("files_written", row.filesWritten);
        json.number("files_renamed", row.filesRenamed).number("files_deleted", row.filesDeleted);
        json.number("delete_on_close", row.deletesOnClose);
        json.number("bytes_read", row.bytesRead).number("bytes_written", row.bytesWritten);
        if (row.entropyBytes > 0) {
            json.hundredths("entropy_written", Math.round(HUNDREDTHS * row.entropyBits / row.entropyBytes));
        }
        row.extensions.write(json);
        row.created.write(json);
    }

    private static void writeUnreadable(JsonWriter json, String name, long[] messages, long[] bytes) {
        int toServer = Direction.TO_SERVER.ordinal();
        int toClient = Direction.TO_CLIENT.ordinal();
        if (messages[toServer] + messages[toClient] > 0) {
            json.beginObject(name).number("messages_toserver", messages[toServer]);
            json.number("messages_toclient", messages[toClient]).number("bytes_toserver", bytes[toServer]);
            json.number("bytes_toclient", bytes[toClient]).endObject();
        }
    }
}
