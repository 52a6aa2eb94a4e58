// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Writes the data of records as events of multicast DNS have it: under the name of the type, text as a list. */
final class MdnsData {
    private final DnsData others = new DnsData();
    private final DnsTexts texts = new DnsTexts();

    void write(JsonWriter json, DnsRecord entry, Cursor in, int message) {
        switch (entry.type) {
            case DnsType.TXT -> writeTexts(json, entry.data);
            case DnsType.NSEC -> json.wire("nsec", entry.data);
            default -> others.write(json, DnsType.lowerCaseNameOf(entry.type), entry, in, message);
        }
    }

    private void writeTexts(JsonWriter json, Slice data) {
        json.beginArray("txt");
        int at = 0;
        while (at < data.length()) {
            at = texts.next(data, at);
            json.wireItem(texts.text());
        }
        json.endArray();
    }
}
