// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps where interfaces are served, as one answer of an endpoint mapper or of an activation says. */
final class Endpoints {
    /** Endpoints kept of one answer: a mapper is asked for four. */
    @Bound(of = "endpoints of an answer of the mapper", then = "further ones are not expected")
    static final int MAX_ENDPOINTS = 8;
    /** A server has no more addresses in its bindings; their scan ends then. */
    private static final int MAX_PORT_DIGITS = 5;

    private final Tower tower = new Tower();
    private final long[] uuidHigh = new long[MAX_ENDPOINTS];
    private final long[] uuidLow = new long[MAX_ENDPOINTS];
    private final int[] transports = new int[MAX_ENDPOINTS];
    private final int[] ports = new int[MAX_ENDPOINTS];
    private final int[] addresses = new int[MAX_ENDPOINTS];
    private final Cursor body = new Cursor();
    private final Slice note = new Slice();
    private final UnsafeBuffer noteBytes = new UnsafeBuffer(new byte[Uuid.BYTES]);
    private int count;

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Reads the stub of an answer, if it is of a kind that tells endpoints.
     *
     * @param in stands at the stub, and stays there
     */
    void read(@Nullable RpcInterface target, int opnum, boolean littleEndian, Cursor in) {
        clear();
        if (target == null) {
            return;
        }
        body.wrap(in.buffer(), in.position(), in.remaining());
        if (target.name.equals("epmapper") && opnum == 3) {
            readTowers(new Ndr(littleEndian, Ndr.NARROW), body);
            if (count == 0) {
                body.wrap(in.buffer(), in.position(), in.remaining());
                readTowers(new Ndr(littleEndian, Ndr.WIDE), body);
            }
        } else if (answersWithBindings(target.name, opnum)) {
            readBindings(body);
        }
    }

    /** Says that connections to these endpoints are remote procedure calls. */
    void announce(Session session) {
        for (int i = 0; i < count; i++) {
            if (transports[i] == session.flow().protocol()) {
                noteBytes.putLong(0, uuidHigh[i], ByteOrder.BIG_ENDIAN);
                noteBytes.putLong(Long.BYTES, uuidLow[i], ByteOrder.BIG_ENDIAN);
                session.expect("dcerpc", Direction.TO_CLIENT, ports[i]).note(note.wrap(noteBytes, 0, Uuid.BYTES));
            }
        }
    }

    /** Writes them, if there are any. */
    void write(JsonWriter probe) {
        if (count == 0) {
            return;
        }
        probe.beginArray("endpoints");
        for (int i = 0; i < count; i++) {
            probe.beginObject();
            writeInterface(probe, uuidHigh[i], uuidLow[i]);
            probe.ascii("transport", transports[i] == IpProtocol.UDP ? "udp" : "tcp");
            if (addresses[i] != 0) {
                probe.beginText("address");
                for (int shift = 24; shift >= 0; shift -= 8) {
                    probe.appendNumber(addresses[i] >>> shift & 0xff);
                    if (shift > 0) {
                        probe.append('.');
                    }
                }
                probe.endText();
            }
            probe.number("port", ports[i]).endObject();
        }
        probe.endArray();
    }

    private static void writeInterface(JsonWriter probe, long high, long low) {
        if (high == 0 && low == 0) {
            return; // the bindings of an object serve all its interfaces
        }
        RpcInterface known = RpcInterfaces.find(high, low);
        if (known == null) {
            probe.beginText("uuid");
            Uuid.append(probe, high, low);
            probe.endText();
        } else {
            probe.ascii("interface", known.name);
        }
    }

    /** ept_map: entry_handle, num_towers, a varying array of pointers, and the towers (C706, appendix O). */
    private void readTowers(Ndr ndr, Cursor in) {
        int start = in.consumed();
        in.skip(20);
        ndr.u32(in);
        ndr.align(in, start);
        ndr.size(in); // max_count
        in.require(ndr.size(in) == 0); // offset
        long towers = ndr.size(in);
        in.require(towers <= in.remaining());
        in.skip((int) towers * ndr.sizeBytes());
        for (long i = 0; i < towers && count < MAX_ENDPOINTS && !in.failed(); i++) {
            ndr.align(in, start);
            long length = ndr.size(in);
            in.require(length == ndr.u32(in));
            int outer = in.enter((int) length);
            if (tower.read(in)) {
                add(tower.uuidHigh, tower.uuidLow, tower.transport, tower.port);
                addresses[count - 1] = tower.address;
            }
            in.leave(outer);
        }
    }

    /** Those that give an object's string bindings ([MS-DCOM], 3.1.2.5.1 and 3.1.2.5.2): host[port], in UTF-16. */
    private static boolean answersWithBindings(String name, int opnum) {
        return switch (name) {
            case "IObjectExporter" -> opnum == 0 || opnum == 4;
            case "IRemoteSCMActivator" -> opnum == 3 || opnum == 4;
            case "IActivation" -> opnum == 0;
            default -> false;
        };
    }

    /** Looks for "[port]" instead of reading all around it: what wraps the bindings differs with the operation. */
    private void readBindings(Cursor in) {
        while (in.remaining() >= 2 && count < MAX_ENDPOINTS) {
            if (in.u16le() == '[') {
                int port = port(in);
                if (port > 0 && !has(port)) {
                    add(0, 0, IpProtocol.TCP, port);
                }
            }
        }
    }

    private static int port(Cursor in) {
        int port = 0;
        for (int digits = 0; digits <= MAX_PORT_DIGITS && in.remaining() >= 2; digits++) {
            int unit = in.u16le();
            if (unit == ']') {
                return port <= 0xffff ? port : 0;
            }
            if (unit < '0' || unit > '9') {
                return 0;
            }
            port = port * 10 + unit - '0';
        }
        return 0;
    }

    private boolean has(int port) {
        for (int i = 0; i < count; i++) {
            if (ports[i] == port) {
                return true;
            }
        }
        return false;
    }

    private void add(long high, long low, int transport, int port) {
        uuidHigh[count] = high;
        uuidLow[count] = low;
        transports[count] = transport;
        ports[count] = port;
        addresses[count++] = 0;
    }
}
