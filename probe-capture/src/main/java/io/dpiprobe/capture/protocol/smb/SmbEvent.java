// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;

/** Writes the {@code smb} object of one transaction. */
final class SmbEvent {
    /** Stands for a multi-protocol negotiation, which begins as SMB1. */
    static final int SMB1_NEGOTIATE = 0x1_0072;

    private final Connection connection;

    SmbEvent(Connection connection) {
        this.connection = connection;
    }

    void write(JsonWriter json, Transaction of) {
        json.beginObject("smb").number("id", of.id).beginText("dialect");
        Negotiation.writeDialect(json, connection.negotiation.dialect);
        boolean smb1 = of.command == SMB1_NEGOTIATE;
        json.ascii("command", smb1 ? "SMB1_COMMAND_NEGOTIATE_PROTOCOL" : Smb2Command.nameOf(of.command));
        if (of.hasStatus) {
            String status = SmbName.status(of.status);
            if (!status.isEmpty()) {
                json.ascii("status", status);
            }
            json.beginText("status_code").append("0x");
            hexWithoutZeros(json, of.status);
            json.endText();
        }
        json.number("session_id", of.sessionId).number("tree_id", of.treeId);
        writeKind(json, of);
        json.endObject();
    }

    /** Writes 16 bytes, read as two little-endian numbers, in the order in which EVE has them. */
    static void guid(JsonWriter json, String name, long high, long low) {
        json.beginText(name);
        hex(json, high, 4);
        json.append('-');
        hex(json, high >>> 32, 2);
        json.append('-');
        hex(json, high >>> 48, 2);
        json.append('-');
        hex(json, low, 2);
        json.append('-');
        hex(json, low >>> 16, 2);
        hex(json, low >>> 32, 4);
        json.endText();
    }

    private void writeKind(JsonWriter json, Transaction of) {
        switch (of.kind) {
            case NEGOTIATE -> connection.negotiation.write(json);
            case SESSION_SETUP -> writeLogin(json);
            case TREE_CONNECT -> writeTree(json, of);
            case CREATE -> writeCreate(json, of);
            case IOCTL -> writeFunction(json, of);
            case FILE -> {
                json.wire("filename", of.name.text()).wire("share", of.other.text());
                guid(json, "fuid", of.fileHigh, of.fileLow);
            }
            case RPC -> {
                json.beginObject("dcerpc");
                connection.rpc.write(of.call, json);
                json.endObject();
            }
            case DELETE_ON_CLOSE -> {
                json.wire("filename", of.name.text()).ascii("access", "delete on close");
                guid(json, "fuid", of.fileHigh, of.fileLow);
            }
            case RENAME -> {
                json.beginObject("rename").wire("from", of.name.text());
                json.wire("to", of.other.text()).endObject();
                guid(json, "fuid", of.fileHigh, of.fileLow);
            }
            case GENERIC -> {}
        }
    }

    private void writeLogin(JsonWriter json) {
        if (connection.hasNtlm) {
            json.beginObject("ntlmssp");
            connection.ntlm.write(json);
            json.endObject();
        }
        if (connection.hasKerberos) {
            json.beginObject("kerberos");
            connection.kerberos.write(json);
            json.endObject();
        }
    }

    private static void writeTree(JsonWriter json, Transaction of) {
        json.wire(of.shareType == Smb2Responses.PIPE ? "named_pipe" : "share", of.name.text());
        switch (of.shareType) {
            case 1 -> json.ascii("share_type", "FILE");
            case Smb2Responses.PIPE -> json.ascii("share_type", "PIPE");
            case 3 -> json.ascii("share_type", "PRINT");
            default -> {}
        }
    }

    private static void writeCreate(JsonWriter json, Transaction of) {
        String field = of.directory ? "directory" : "filename";
        if (of.name.isEmpty()) {
            json.ascii(field, "<share_root>");
        } else {
            json.wire(field, of.name.text());
        }
        json.ascii("disposition", SmbName.disposition(of.disposition));
        json.ascii("access", of.deleteOnClose ? "delete on close" : "normal");
        json.number("created", of.created).number("accessed", of.accessed);
        json.number("modified", of.modified).number("changed", of.changed);
        json.number("size", of.size);
        if (of.hasFile) {
            guid(json, "fuid", of.fileHigh, of.fileLow);
        }
    }

    private static void writeFunction(JsonWriter json, Transaction of) {
        String name = SmbName.function(of.function);
        if (!name.isEmpty()) {
            json.ascii("function", name);
        } else {
            json.beginText("function").append("0x");
            hexWithoutZeros(json, of.function);
            json.endText();
        }
    }

    private static void hexWithoutZeros(JsonWriter json, int value) {
        int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(value)) / 4);
        for (int i = digits - 1; i >= 0; i--) {
            json.append(Character.forDigit(value >>> (4 * i) & 15, 16));
        }
    }

    private static void hex(JsonWriter json, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            json.appendHex((int) (value >>> (8 * i)) & 0xff);
        }
    }
}
