// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.tls.ClientHello;
import io.dpiprobe.capture.protocol.tls.IntList;
import io.dpiprobe.capture.protocol.tls.ServerHello;

/** Writes the list of extensions of a hello, in its order, with the values of those that name something. */
final class HelloExtensions {
    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final String NO_NAME = "";

    private final Cursor in = new Cursor();
    private final Slice name = new Slice();

    void write(JsonWriter json, ClientHello hello) {
        int before = json.mark();
        json.beginArray("extensions");
        for (int i = 0; i < hello.extensions().size(); i++) {
            int type = hello.extensions().get(i);
            begin(json, type);
            switch (type) {
                case SERVER_NAME -> writeName(json, hello.serverName());
                case SIGNATURE_ALGORITHMS -> writeAlgorithms(json, hello.signatureAlgorithms());
                case ALPN -> writeAlpn(json, hello.alpn());
                case SUPPORTED_VERSIONS -> writeVersions(json, hello.versions());
                default -> {}
            }
            json.endObject();
        }
        end(json, before, hello.extensions());
    }

    void write(JsonWriter json, ServerHello hello) {
        int before = json.mark();
        json.beginArray("extensions");
        for (int i = 0; i < hello.extensions().size(); i++) {
            int type = hello.extensions().get(i);
            begin(json, type);
            if (type == SUPPORTED_VERSIONS) {
                json.beginArray("values");
                writeVersion(json, hello.version());
                json.endArray();
            }
            json.endObject();
        }
        end(json, before, hello.extensions());
    }

    private static void begin(JsonWriter json, int type) {
        json.beginObject();
        String registered = nameOf(type);
        if (!registered.equals(NO_NAME)) {
            json.ascii("name", registered);
        }
        json.number("type", type);
    }

    private static void end(JsonWriter json, int before, IntList extensions) {
        json.endArray();
        if (extensions.size() == 0) {
            json.rewind(before);
        }
    }

    private static void writeName(JsonWriter json, Slice serverName) {
        if (!serverName.isEmpty()) {
            json.beginArray("values").wireItem(serverName).endArray();
        }
    }

    private static void writeAlgorithms(JsonWriter json, IntList algorithms) {
        if (algorithms.size() == 0) {
            return;
        }
        json.beginArray("values");
        for (int i = 0; i < algorithms.size(); i++) {
            json.beginTextItem().appendNumber(algorithms.get(i)).endText();
        }
        json.endArray();
    }

    /** RFC 7301, 3.1: names, each behind its length. */
    private void writeAlpn(JsonWriter json, Slice names) {
        if (names.isEmpty()) {
            return;
        }
        json.beginArray("values");
        in.wrap(names);
        while (in.hasRemaining()) {
            in.slice(in.u8(), name);
            if (!in.failed()) {
                json.wireItem(name);
            }
        }
        json.endArray();
    }

    private static void writeVersions(JsonWriter json, IntList versions) {
        if (versions.size() == 0) {
            return;
        }
        json.beginArray("values");
        for (int i = 0; i < versions.size(); i++) {
            writeVersion(json, versions.get(i));
        }
        json.endArray();
    }

    private static void writeVersion(JsonWriter json, int version) {
        switch (version) {
            case 0x0300 -> json.asciiItem("Ssl30");
            case 0x0301 -> json.asciiItem("Tls10");
            case 0x0302 -> json.asciiItem("Tls11");
            case 0x0303 -> json.asciiItem("Tls12");
            case 0x0304 -> json.asciiItem("Tls13");
            default -> {
                json.beginTextItem().append("TlsVersion(").appendNumber(version).append(" / 0x");
                json.appendHex(version >> 8).appendHex(version).append(')').endText();
            }
        }
    }

    /** The names that IANA gives them ("TLS ExtensionType Values"). */
    private static String nameOf(int type) {
        return switch (type) {
            case SERVER_NAME -> "server_name";
            case 1 -> "max_fragment_length";
            case 5 -> "status_request";
            case 10 -> "supported_groups";
            case 11 -> "ec_point_formats";
            case SIGNATURE_ALGORITHMS -> "signature_algorithms";
            case 15 -> "heartbeat";
            case ALPN -> "alpn";
            case 18 -> "signed_certificate_timestamp";
            case 19 -> "client_certificate_type";
            case 20 -> "server_certificate_type";
            case 21 -> "padding";
            case 22 -> "encrypt_then_mac";
            case 23 -> "extended_master_secret";
            case 27 -> "compress_certificate";
            case 28 -> "record_size_limit";
            case 34 -> "delegated_credentials";
            case 35 -> "session_ticket";
            case 41 -> "pre_shared_key";
            case 42 -> "early_data";
            case SUPPORTED_VERSIONS -> "supported_versions";
            case 44 -> "cookie";
            case 45 -> "psk_key_exchange_modes";
            case 47 -> "certificate_authorities";
            case 48 -> "oid_filters";
            case 49 -> "post_handshake_auth";
            case 50 -> "signature_algorithms_cert";
            case 51 -> "key_share";
            case 57 -> "quic_transport_parameters";
            case 65281 -> "renegotiation_info";
            default -> NO_NAME;
        };
    }
}
