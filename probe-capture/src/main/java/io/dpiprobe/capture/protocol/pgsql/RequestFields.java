// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Writes what a client asked for. Passwords, and what is computed from them for MD5, are secrets. */
final class RequestFields {
    private final Cursor in = new Cursor();
    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private int version;

    void version(int version) {
        this.version = version;
    }

    void write(Exchange exchange, JsonWriter json) {
        exchange.content.read(in);
        switch (exchange.request) {
            case SSL -> json.ascii("message", "SSL Request");
            case GSS_ENCRYPTION -> json.ascii("message", "GSSENC Request");
            case CANCEL ->
                json.ascii("message", "cancel_request")
                        .number("process_id", in.u32())
                        .number("secret_key", in.u32());
            case STARTUP -> writeStartup(json);
            case PASSWORD -> writePassword(json);
            case SASL_INITIAL -> writeSaslInitial(json);
            case SASL_RESPONSE -> writeRest("sasl_response", json);
            case QUERY -> writeQuery(json);
            case COPY_IN ->
                json.beginObject("copy_data_in")
                        .number("msg_count", exchange.copies)
                        .number("data_size", exchange.copyBytes)
                        .endObject();
            case TERMINATION -> json.ascii("message", "termination_message");
            default -> {}
        }
    }

    private void writePassword(JsonWriter json) {
        if (json.showsSecrets()) {
            json.wire("password", PgsqlText.read(in, value));
        } else {
            json.bool("password_redacted", true);
        }
    }

    /** A password, and what follows it, are one secret: where it ends depends on settings of the server. */
    private void writeQuery(JsonWriter json) {
        PgsqlText.read(in, value);
        int shown = PasswordInQuery.find(value);
        name.wrap(value.buffer(), value.offset(), shown);
        value.advance(shown);
        json.beginText("simple_query").appendWire(name);
        if (!value.isEmpty()) {
            json.appendSecret(value);
        }
        json.endText();
    }

    private void writeStartup(JsonWriter json) {
        json.beginText("protocol_version").appendNumber(version >>> 16);
        json.append('.').appendNumber(version & 0xffff).endText();
        json.beginObject("startup_parameters");
        while (in.hasRemaining()) {
            PgsqlText.read(in, name);
            PgsqlText.read(in, value);
            if (name.equalsIgnoreCase("user")) {
                json.wire("user", value);
            }
        }
        writeOptional(json);
        json.endObject();
    }

    private void writeOptional(JsonWriter json) {
        int before = json.mark();
        json.beginArray("optional_parameters");
        int empty = json.mark();
        in.seek(0);
        while (in.hasRemaining()) {
            PgsqlText.read(in, name);
            PgsqlText.read(in, value);
            String known = ParameterName.of(name);
            if (!known.isEmpty()) {
                json.beginObject().wire(known, value).endObject();
            }
        }
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endArray();
        }
    }

    /** Mechanism, length of the client's first message or -1, that message. */
    private void writeSaslInitial(JsonWriter json) {
        PgsqlText.read(in, name);
        if (name.equalsIgnoreCase("SCRAM-SHA-256")) {
            json.ascii("sasl_authentication_mechanism", "scram_SHA256");
        } else if (name.equalsIgnoreCase("SCRAM-SHA-256-PLUS")) {
            json.ascii("sasl_authentication_mechanism", "scram_SHA256_plus");
        } else {
            json.wire("sasl_authentication_mechanism", name);
        }
        in.skip(Integer.BYTES);
        writeRest("sasl_param", json);
    }

    private void writeRest(String field, JsonWriter json) {
        in.slice(in.remaining(), value);
        if (!value.isEmpty()) {
            json.wire(field, value);
        }
    }
}
