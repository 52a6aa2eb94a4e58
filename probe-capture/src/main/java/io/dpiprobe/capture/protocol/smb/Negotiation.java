// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Reads what client and server say of their versions, and keeps it. */
final class Negotiation {
    /** Dialects shown: all that were ever defined, and a few more. */
    static final int MAX_DIALECTS = 16;

    private static final int SMB1_HEADER_BYTES = 32;
    private static final int BUFFER_FORMAT_DIALECT = 2;
    /** Longest dialect name looked at; the longest defined has 27 characters. */
    private static final int MAX_DIALECT_BYTES = 64;

    private final int[] dialects = new int[MAX_DIALECTS];
    private final WireString[] names = new WireString[MAX_DIALECTS];
    private final Slice name = new Slice();
    private int dialectCount;
    private int nameCount;
    private boolean hasClientGuid;
    private boolean hasServer;
    private long clientHigh;
    private long clientLow;
    private long serverHigh;
    private long serverLow;
    private long maxRead;
    private long maxWrite;
    int dialect;

    Negotiation() {
        for (int i = 0; i < MAX_DIALECTS; i++) {
            names[i] = new WireString();
        }
    }

    void reset() {
        dialectCount = 0;
        nameCount = 0;
        hasClientGuid = false;
        hasServer = false;
        dialect = 0;
    }

    /** The names that an SMB1 request offers ([MS-CIFS], 2.2.4.52.1), from the start of its header. */
    void readSmb1Request(Cursor in) {
        dialectCount = 0;
        nameCount = 0;
        hasClientGuid = false;
        in.skip(SMB1_HEADER_BYTES);
        in.skip(1); // WordCount
        in.skip(2); // ByteCount
        while (in.hasRemaining() && nameCount < MAX_DIALECTS && in.u8() == BUFFER_FORMAT_DIALECT) {
            int length = in.indexOf((byte) 0, MAX_DIALECT_BYTES);
            if (length < 0) {
                return;
            }
            in.slice(length, name);
            names[nameCount++].set(name);
            in.skip(1);
        }
    }

    /** [MS-SMB2], 2.2.3, behind the header. */
    void readRequest(Cursor in) {
        in.skip(2); // StructureSize
        int offered = in.u16le();
        in.skip(8); // SecurityMode, Reserved, Capabilities
        clientHigh = in.u64le();
        clientLow = in.u64le();
        in.skip(8); // NegotiateContextOffset or ClientStartTime
        hasClientGuid = !in.failed();
        nameCount = 0;
        dialectCount = 0;
        for (int i = 0; i < offered && dialectCount < MAX_DIALECTS && in.hasRemaining(); i++) {
            dialects[dialectCount] = in.u16le();
            dialectCount += in.failed() ? 0 : 1;
        }
    }

    /** [MS-SMB2], 2.2.4, behind the header. */
    void readResponse(Cursor in) {
        in.skip(4); // StructureSize, SecurityMode
        int chosen = in.u16le();
        in.skip(2);
        serverHigh = in.u64le();
        serverLow = in.u64le();
        in.skip(8); // Capabilities, MaxTransactSize
        maxRead = in.u32le();
        maxWrite = in.u32le();
        hasServer = !in.failed();
        dialect = hasServer ? chosen : dialect;
    }

    void write(JsonWriter json) {
        if (dialectCount + nameCount > 0) {
            json.beginArray("client_dialects");
            for (int i = 0; i < nameCount; i++) {
                json.wireItem(names[i].text());
            }
            for (int i = 0; i < dialectCount; i++) {
                json.beginTextItem();
                writeDialect(json, dialects[i]);
            }
            json.endArray();
        }
        if (hasClientGuid) {
            SmbEvent.guid(json, "client_guid", clientHigh, clientLow);
        }
        if (hasServer) {
            SmbEvent.guid(json, "server_guid", serverHigh, serverLow);
            json.number("max_read_size", maxRead).number("max_write_size", maxWrite);
        }
    }

    /** Writes a revision such as 0x0302 as "3.02" into the open string, and closes it. */
    static void writeDialect(JsonWriter json, int revision) {
        if (revision == 0) {
            json.append("unknown");
        } else if (revision == 0x02ff) {
            json.append("2.??");
        } else {
            json.appendNumber(revision >> 8).append('.').appendHex(revision & 0xff);
        }
        json.endText();
    }
}
