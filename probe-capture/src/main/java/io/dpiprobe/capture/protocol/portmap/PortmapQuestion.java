// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.oncrpc.RpcQuestion;

/** Keeps what a port mapper is asked, and writes it with what it answers (RFC 1833, 2.2 and 3.2). */
final class PortmapQuestion implements RpcQuestion {
    /** Mappings shown: a busy server has forty. */
    @Bound(of = "mappings that a port mapper lists", then = "further ones are counted")
    static final int MAX_MAPPINGS = 64;

    private final Mapping mapping = new Mapping();
    private final UniversalAddress address = new UniversalAddress();
    private Procedure procedure = Procedure.UNKNOWN;
    private int version;
    private long calledProcedure;

    @Override
    public void read(int version, int procedure, Cursor in) {
        this.version = version;
        this.procedure = Procedure.of(version, procedure);
        mapping.clear();
        address.clear();
        switch (this.procedure) {
            case SET, UNSET, GETPORT, GETADDR, GETVERSADDR, GETADDRLIST -> readMapping(mapping, in);
            case CALLIT, BCAST, INDIRECT -> {
                mapping.readProgram(in);
                calledProcedure = in.u32();
            }
            case UADDR2TADDR -> address.read(in);
            default -> {}
        }
    }

    @Override
    public void write(JsonWriter json) {
        json.ascii("procedure", procedure.name());
        mapping.writeService(json);
        if (procedure.isIndirect()) {
            json.number("called_procedure", calledProcedure);
        }
        if (procedure.isChange()) {
            mapping.writePlace(json);
        }
        address.write(json);
    }

    @Override
    public void writeResults(Cursor in, JsonWriter json) {
        json.ascii("status", "OK");
        switch (procedure) {
            case SET, UNSET -> json.bool("done", in.i32() != 0);
            case GETPORT -> json.number("port", in.u32());
            case GETADDR, GETVERSADDR, TADDR2UADDR -> writeAddress(in, json);
            case CALLIT, BCAST, INDIRECT -> {
                if (version == 2) {
                    json.number("port", in.u32());
                } else {
                    writeAddress(in, json);
                }
            }
            case DUMP, GETADDRLIST -> writeList(in, json);
            default -> {}
        }
    }

    private void readMapping(Mapping into, Cursor in) {
        if (version == 2) {
            into.readNumbers(in);
        } else {
            into.readTexts(in);
        }
    }

    private void writeAddress(Cursor in, JsonWriter json) {
        address.read(in);
        address.write(json);
    }

    /** In front of each is a one if it follows. */
    private void writeList(Cursor in, JsonWriter json) {
        int count = 0;
        json.beginArray("mappings");
        while (in.i32() == 1) {
            if (procedure == Procedure.DUMP) {
                readMapping(mapping, in);
            } else {
                mapping.readEntry(in);
            }
            if (!in.failed() && count++ < MAX_MAPPINGS) {
                json.beginObject();
                mapping.writeService(json);
                mapping.writePlace(json);
                json.endObject();
            }
        }
        json.endArray().number("count", count);
    }
}
