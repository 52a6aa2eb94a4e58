// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Writes what hosts tell one another of themselves and of who keeps the list of them ([MS-BRWS] 2.2). */
final class BrowserMessage {
    /** Servers shown that keep the list: a segment has three at most. */
    @Bound(of = "servers that keep a list of hosts", then = "further ones are left out")
    static final int MAX_BACKUP_SERVERS = 8;

    private static final int HOST_ANNOUNCEMENT = 1;
    private static final int ANNOUNCEMENT_REQUEST = 2;
    private static final int ELECTION = 8;
    private static final int BACKUP_LIST_REQUEST = 9;
    private static final int BACKUP_LIST_RESPONSE = 10;
    private static final int BECOME_BACKUP = 11;
    private static final int DOMAIN_ANNOUNCEMENT = 12;
    private static final int MASTER_ANNOUNCEMENT = 13;
    private static final int RESET_STATE = 14;
    private static final int LOCAL_MASTER_ANNOUNCEMENT = 15;

    private static final int NAME_BYTES = 16;

    private final Slice text = new Slice();

    void write(Cursor in, JsonWriter json) {
        int operation = in.u8();
        if (in.failed()) {
            return;
        }
        json.ascii("operation", name(operation));
        switch (operation) {
            case HOST_ANNOUNCEMENT, LOCAL_MASTER_ANNOUNCEMENT -> writeAnnouncement(in, json);
            case DOMAIN_ANNOUNCEMENT -> writeDomain(in, json);
            case ANNOUNCEMENT_REQUEST -> {
                in.skip(1);
                writeText("host", in, json);
            }
            case ELECTION -> writeElection(in, json);
            case BACKUP_LIST_RESPONSE -> writeBackupServers(in, json);
            case BECOME_BACKUP, MASTER_ANNOUNCEMENT -> writeText("host", in, json);
            default -> {}
        }
    }

    private void writeAnnouncement(Cursor in, JsonWriter json) {
        in.skip(5); // count, period
        Texts.readField(in, NAME_BYTES, text);
        int major = in.u8();
        int minor = in.u8();
        int type = Integer.reverseBytes(in.i32());
        in.skip(4); // version of the browser, signature
        if (!in.failed()) {
            json.wire("host", text).beginText("os_version").appendNumber(major);
            json.append('.').appendNumber(minor).endText();
            ServerType.write(type, json);
            writeText("comment", in, json);
        }
    }

    /** The text at the end names the host that speaks for the domain. */
    private void writeDomain(Cursor in, JsonWriter json) {
        in.skip(5); // count, period
        Texts.readField(in, NAME_BYTES, text);
        in.skip(2); // version of the browser's settings
        int type = Integer.reverseBytes(in.i32());
        in.skip(4); // version of the browser, signature
        if (!in.failed()) {
            json.wire("domain", text);
            ServerType.write(type, json);
            writeText("host", in, json);
        }
    }

    private void writeElection(Cursor in, JsonWriter json) {
        in.skip(1); // version
        long criteria = in.u32le();
        long uptime = in.u32le();
        in.skip(4);
        if (!in.failed()) {
            json.hex("criteria", criteria).number("uptime_ms", uptime);
            writeText("host", in, json);
        }
    }

    private void writeBackupServers(Cursor in, JsonWriter json) {
        int count = Math.min(in.u8(), MAX_BACKUP_SERVERS);
        in.skip(4); // token
        json.beginArray("backup_servers");
        for (int i = 0; i < count; i++) {
            Texts.readBytes(in, text);
            if (!in.failed()) {
                json.wireItem(text);
            }
        }
        json.endArray();
    }

    private void writeText(String field, Cursor in, JsonWriter json) {
        Texts.readBytes(in, text);
        if (!text.isEmpty()) {
            json.wire(field, text);
        }
    }

    private static String name(int operation) {
        return switch (operation) {
            case HOST_ANNOUNCEMENT -> "host_announcement";
            case ANNOUNCEMENT_REQUEST -> "announcement_request";
            case ELECTION -> "election";
            case BACKUP_LIST_REQUEST -> "backup_list_request";
            case BACKUP_LIST_RESPONSE -> "backup_list_response";
            case BECOME_BACKUP -> "become_backup";
            case DOMAIN_ANNOUNCEMENT -> "domain_announcement";
            case MASTER_ANNOUNCEMENT -> "master_announcement";
            case RESET_STATE -> "reset_state";
            case LOCAL_MASTER_ANNOUNCEMENT -> "local_master_announcement";
            default -> "unknown";
        };
    }
}
