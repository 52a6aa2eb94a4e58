// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Reads what client and server say of their versions, and keeps it. */
final class Negotiation {
    /** Dialects shown: all that were ever defined, and a few more. */
    @Bound(of = "dialects of a client", then = "further ones are left out")
    static final int MAX_DIALECTS = 16;

    /** Marks a dialect as a place in the list of names. */
    private static final int SMB1 = 0x1_0000;
    /** CAP_EXTENDED_SECURITY: the answer begins with the server's GUID. */
    private static final long EXTENDED_SECURITY = 0x8000_0000L;

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
    private boolean hasSizes;
    private long clientHigh;
    private long clientLow;
    private long serverHigh;
    private long serverLow;
    private long maxRead;
    private long maxWrite;
    /** A revision, or a place in the list of names; 0 until it is chosen. */
    private int dialect;

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
        hasSizes = false;
        dialect = 0;
    }

    /** The names that an SMB1 request offers ([MS-CIFS], 2.2.4.52.1). */
    void readSmb1Request(Cursor in) {
        dialectCount = 0;
        nameCount = 0;
        hasClientGuid = false;
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

    /** The name that an SMB1 response chooses ([MS-CIFS], 2.2.4.52.2), and the server if it names itself. */
    void readSmb1Response(Smb1Block in) {
        int index = in.words.u16le();
        if (in.words.failed() || index >= nameCount) {
            return;
        }
        dialect = SMB1 | index;
        in.words.skip(17); // up to SessionKey
        long capabilities = in.words.u32le();
        hasSizes = false;
        hasServer = (capabilities & EXTENDED_SECURITY) != 0 && !in.words.failed();
        serverHigh = in.bytes.u64le();
        serverLow = in.bytes.u64le();
        hasServer &= !in.bytes.failed();
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
        hasSizes = hasServer;
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
        }
        if (hasSizes) {
            json.number("max_read_size", maxRead).number("max_write_size", maxWrite);
        }
    }

    /** Writes {@code dialect}. */
    void writeChosen(JsonWriter json) {
        if ((dialect & SMB1) != 0) {
            json.wire("dialect", names[dialect & 0xff].text());
        } else {
            json.beginText("dialect");
            writeDialect(json, dialect);
        }
    }

    /** Writes a revision such as 0x0302 as "3.02" into the open string, and closes it. */
    private static void writeDialect(JsonWriter json, int revision) {
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
