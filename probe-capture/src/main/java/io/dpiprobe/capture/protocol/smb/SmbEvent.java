// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;

/** Writes the {@code smb} object of one transaction. */
final class SmbEvent {
    private final Connection connection;

    SmbEvent(Connection connection) {
        this.connection = connection;
    }

    void write(JsonWriter json, Transaction of) {
        json.beginObject("smb").number("id", of.id);
        connection.negotiation.writeChosen(json);
        json.ascii("command", of.isSmb1() ? Smb1Command.nameOf(of.command) : Smb2Command.nameOf(of.command));
        if (of.hasStatus) {
            writeStatus(json, of);
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

    private static void writeStatus(JsonWriter json, Transaction of) {
        if (of.dosError) {
            DosError.write(json, of.status);
            return;
        }
        String status = SmbName.status(of.status);
        if (!status.isEmpty()) {
            json.ascii("status", status);
        }
        json.beginText("status_code").append("0x");
        hexWithoutZeros(json, of.status);
        json.endText();
    }

    private void writeKind(JsonWriter json, Transaction of) {
        switch (of.kind) {
            case NEGOTIATE -> connection.negotiation.write(json);
            case SESSION_SETUP -> writeLogin(json, of);
            case TREE_CONNECT -> writeTree(json, of);
            case CREATE -> writeCreate(json, of);
            case IOCTL -> writeFunction(json, of);
            case FILE -> {
                writeFileName(json, of);
                json.wire("share", of.other.text());
                fileId(json, of);
            }
            case RPC -> {
                json.beginObject("dcerpc");
                connection.rpc.write(of.call, json);
                json.endObject();
            }
            case DELETE_ON_CLOSE -> {
                json.wire("filename", of.name.text()).ascii("access", "delete on close");
                fileId(json, of);
            }
            case RENAME -> {
                json.beginObject("rename").wire("from", of.name.text());
                json.wire("to", of.other.text()).endObject();
                fileId(json, of);
            }
            case PATH -> json.wire(of.directory ? "directory" : "filename", of.name.text());
            case GENERIC -> {}
        }
    }

    private static void writeLogin(JsonWriter json, Transaction of) {
        if (of.login != null) {
            of.login.write(json);
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
        if (of.isSmb1()) {
            json.beginObject("service").wire("request", of.other.text());
            json.wire("response", of.service.text()).endObject();
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
        fileId(json, of);
    }

    private static void writeFileName(JsonWriter json, Transaction of) {
        if (of.name.isEmpty()) {
            json.ascii("filename", "<unknown>"); // it was opened before the capture began
        } else {
            json.wire("filename", of.name.text());
        }
    }

    /** A file of SMB1 has a number of 16 bits; one that could not be opened has none. */
    private static void fileId(JsonWriter json, Transaction of) {
        if (!of.hasFile) {
            json.ascii("fuid", "");
        } else if (of.isSmb1()) {
            json.beginText("fuid").appendHex((int) of.fileHigh >> 8 & 0xff);
            json.appendHex((int) of.fileHigh & 0xff).endText();
        } else {
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
