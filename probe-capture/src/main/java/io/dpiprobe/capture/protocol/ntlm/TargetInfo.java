// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads how a server names itself, from a list of AV_PAIRs ([MS-NLMP], 2.2.2.1), and keeps it. */
final class TargetInfo {
    private static final int END = 0;
    private static final int COMPUTER = 1;
    private static final int DOMAIN = 2;
    private static final int DNS_COMPUTER = 3;
    private static final int DNS_DOMAIN = 4;
    private static final int TARGET_NAME = 9;

    private final Slice value = new Slice();
    private final WireString computer = new WireString();
    private final WireString domain = new WireString();
    private final WireString dnsComputer = new WireString();
    private final WireString dnsDomain = new WireString();
    private final WireString service = new WireString();

    void clear() {
        computer.clear();
        domain.clear();
        dnsComputer.clear();
        dnsDomain.clear();
        service.clear();
    }

    /** Reads pairs to the end of the list or of the bytes. */
    void read(Cursor in) {
        clear();
        while (in.remaining() >= 4) {
            int id = in.u16le();
            in.slice(in.u16le(), value);
            if (id == END || in.failed()) {
                return;
            }
            switch (id) {
                case COMPUTER -> computer.setUtf16(value);
                case DOMAIN -> domain.setUtf16(value);
                case DNS_COMPUTER -> dnsComputer.setUtf16(value);
                case DNS_DOMAIN -> dnsDomain.setUtf16(value);
                case TARGET_NAME -> service.setUtf16(value);
                default -> {}
            }
        }
    }

    /** Writes the names there are: an object of the server's, and the service that the client believes to talk to. */
    void write(JsonWriter json) {
        if (!computer.isEmpty() || !dnsComputer.isEmpty()) {
            json.beginObject("target");
            name(json, "computer", computer);
            name(json, "domain", domain);
            name(json, "dns_computer", dnsComputer);
            name(json, "dns_domain", dnsDomain);
            json.endObject();
        }
        name(json, "service", service);
    }

    private static void name(JsonWriter json, String field, WireString name) {
        if (!name.isEmpty()) {
            json.wire(field, name.text());
        }
    }
}
