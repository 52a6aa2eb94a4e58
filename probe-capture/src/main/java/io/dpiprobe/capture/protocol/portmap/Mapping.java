// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Keeps which program is to be found where (RFC 1833, 2.1 and 3.1). */
final class Mapping {
    private final WireString owner = new WireString();
    private final WireString network = new WireString();
    private final UniversalAddress address = new UniversalAddress();
    private final Slice bytes = new Slice();
    private int program;
    private long version;
    private int protocol;
    private long port;

    void clear() {
        program = 0;
        version = 0;
        protocol = 0;
        port = 0;
        owner.clear();
        network.clear();
        address.clear();
    }

    /** Reads program and version alone, as an indirect call has them. */
    void readProgram(Cursor in) {
        clear();
        program = in.i32();
        version = in.u32();
    }

    /** Reads the mapping of version 2: numbers. */
    void readNumbers(Cursor in) {
        readProgram(in);
        protocol = in.i32();
        port = in.u32();
    }

    /** Reads the mapping of versions 3 and 4: texts. */
    void readTexts(Cursor in) {
        readProgram(in);
        readText(in, network);
        address.read(in);
        readText(in, owner);
    }

    /** Reads where a program is, in the list of version 4 that says it of one program. */
    void readEntry(Cursor in) {
        clear();
        address.read(in);
        readText(in, network);
        in.skip(Integer.BYTES); // semantics
        Xdr.skipOpaque(in); // family
        Xdr.skipOpaque(in); // protocol
    }

    /** Writes what is sought: not where it is. */
    void writeService(JsonWriter json) {
        if (program != 0) {
            json.number("program", program & 0xffff_ffffL);
            String name = Program.name(program);
            if (!name.isEmpty()) {
                json.ascii("program_name", name);
            }
            json.number("program_version", version);
        }
        switch (protocol) {
            case 0 -> writeText("protocol", network, json);
            case IpProtocol.TCP -> json.ascii("protocol", "tcp");
            case IpProtocol.UDP -> json.ascii("protocol", "udp");
            default ->
                json.beginText("protocol").appendNumber(protocol & 0xffff_ffffL).endText();
        }
    }

    /** Writes where it is, and whose. */
    void writePlace(JsonWriter json) {
        if (port != 0) {
            json.number("port", port);
        }
        address.write(json);
        writeText("owner", owner, json);
    }

    private void readText(Cursor in, WireString into) {
        Xdr.opaque(in, WireString.MAX_BYTES, bytes);
        into.set(bytes);
    }

    private static void writeText(String name, WireString value, JsonWriter json) {
        if (!value.isEmpty()) {
            json.wire(name, value.text());
        }
    }
}
