// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Writes the data of resource records, for those types that events show. */
final class DnsData {
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    /** Two roots and five numbers. */
    private static final int SHORTEST_SOA = 22;

    private final DnsName name = new DnsName();
    private final DnsName second = new DnsName();

    /** True if data of this length can be what the type says. */
    boolean isReadable(DnsRecord entry) {
        int length = entry.data.length();
        return switch (entry.type) {
            case DnsType.A -> length == IPV4_LENGTH;
            case DnsType.AAAA -> length == IPV6_LENGTH;
            case DnsType.CNAME, DnsType.NS, DnsType.PTR, DnsType.TXT, DnsType.NULL -> length > 0;
            case DnsType.MX -> length > 2;
            case DnsType.SRV -> length > 6;
            case DnsType.SSHFP -> length > 2;
            case DnsType.SOA -> length >= SHORTEST_SOA;
            default -> false;
        };
    }

    /**
     * Writes the data of an entry, under a name that fits its type, or as a list item.
     *
     * @param plain the name for data that is a single value; empty for a list item
     */
    void write(JsonWriter json, String plain, DnsRecord entry, Cursor in, int message) {
        if (entry.type == DnsType.OPT) {
            writeOptions(json, entry.data);
        } else if (isReadable(entry)) {
            writeReadable(json, plain, entry, in, message);
        }
    }

    private void writeReadable(JsonWriter json, String plain, DnsRecord entry, Cursor in, int message) {
        Slice data = entry.data;
        switch (entry.type) {
            case DnsType.A -> json.address(plain, 4, 0, data.u32(0));
            case DnsType.AAAA -> json.address(plain, 6, u64(data, 0), u64(data, 8));
            case DnsType.NULL -> json.wire(plain, data);
            case DnsType.MX -> writeName(json, plain, nameAt(in, entry.dataAt + 2, message));
            case DnsType.SRV -> writeSrv(json, plain.isEmpty() ? "" : "srv", entry, in, message);
            case DnsType.SOA -> writeSoa(json, entry, in, message);
            case DnsType.SSHFP -> writeSshfp(json, plain.isEmpty() ? "" : "sshfp", data);
            default -> writeName(json, plain, nameAt(in, entry.dataAt, message));
        }
    }

    private static void writeName(JsonWriter json, String plain, DnsName name) {
        json.wire(plain, name.text());
        if (name.isTruncated() && !plain.isEmpty()) {
            json.bool("rdata_truncated", true);
        }
    }

    /** Reads a name inside data and comes back. */
    private DnsName nameAt(Cursor in, int at, int message) {
        int behind = in.consumed();
        in.seek(at);
        name.read(in, message);
        in.seek(behind);
        return name;
    }

    /** RFC 2782. */
    private void writeSrv(JsonWriter json, String field, DnsRecord entry, Cursor in, int message) {
        Slice data = entry.data;
        json.beginObject(field).number("priority", data.u16(0)).number("weight", data.u16(2));
        json.number("port", data.u16(4))
                .wire("name", nameAt(in, entry.dataAt + 6, message).text());
        json.endObject();
    }

    /** RFC 4255, 3.1. */
    private static void writeSshfp(JsonWriter json, String field, Slice data) {
        json.beginObject(field).beginText("fingerprint");
        for (int i = 2; i < data.length(); i++) {
            if (i > 2) {
                json.append(':');
            }
            json.appendHex(data.u8(i));
        }
        json.endText().number("algo", data.u8(0)).number("type", data.u8(1)).endObject();
    }

    /** RFC 1035, 3.3.13. */
    private void writeSoa(JsonWriter json, DnsRecord entry, Cursor in, int message) {
        int behind = in.consumed();
        in.seek(entry.dataAt);
        name.read(in, message);
        second.read(in, message);
        json.beginObject("soa").wire("mname", name.text()).wire("rname", second.text());
        json.number("serial", in.u32()).number("refresh", in.u32()).number("retry", in.u32());
        json.number("expire", in.u32()).number("minimum", in.u32()).endObject();
        in.seek(behind);
    }

    /** RFC 6891, 6.1.2. */
    private static void writeOptions(JsonWriter json, Slice data) {
        if (data.length() < 4) {
            return;
        }
        json.beginArray("opt");
        int at = 0;
        while (at + 4 <= data.length()) {
            int length = Math.min(data.u16(at + 2), data.length() - at - 4);
            json.beginObject().number("code", data.u16(at)).beginText("data");
            for (int i = 0; i < length; i++) {
                json.appendHex(data.u8(at + 4 + i));
            }
            json.endText().endObject();
            at += 4 + length;
        }
        json.endArray();
    }

    private static long u64(Slice data, int at) {
        return data.u32(at) << 32 | data.u32(at + 4);
    }
}
