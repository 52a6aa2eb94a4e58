// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Writes what a server answered: of messages that repeat, the last. */
final class ResponseFields {
    private static final int CODE_BYTES = 4;

    private final Cursor list = new Cursor();
    private final Cursor in = new Cursor();
    private final Slice body = new Slice();
    private final Slice name = new Slice();
    private final Slice value = new Slice();

    void write(Exchange exchange, JsonWriter json) {
        if (exchange.request == Request.SSL) {
            json.bool("ssl_accepted", exchange.sslAccepted);
        }
        boolean failed = exchange.last(MessageType.ERROR, list, body) || exchange.last(MessageType.NOTICE, list, body);
        if (failed) {
            writeError(json);
        } else if (exchange.copyDone) {
            json.ascii("message", "copy_done");
        }
        writeAuthentication(exchange, failed, json);
        writeParameters(exchange, json);
        if (exchange.last(MessageType.KEY_DATA, list, body)) {
            in.wrap(body);
            json.number("process_id", in.u32()).number("secret_key", in.u32());
        }
        writeResult(exchange, json);
    }

    /** Fields of one letter and a string each (53.8). */
    private void writeError(JsonWriter json) {
        in.wrap(body);
        while (in.remaining() > 1) {
            String field = errorField(in.u8());
            PgsqlText.read(in, value);
            if (!field.isEmpty()) {
                json.wire(field, value);
            }
        }
    }

    private static String errorField(int code) {
        return switch (code) {
            case 'S' -> "severity_localizable";
            case 'V' -> "severity_non_localizable";
            case 'C' -> "code";
            case 'M' -> "message";
            case 'F' -> "file";
            case 'L' -> "line";
            case 'R' -> "routine";
            default -> "";
        };
    }

    private void writeAuthentication(Exchange exchange, boolean hasMessage, JsonWriter json) {
        exchange.responses(list);
        for (int type = Exchange.next(list, body); type != 0; type = Exchange.next(list, body)) {
            if (type == MessageType.AUTHENTICATION && body.length() >= CODE_BYTES) {
                int code = (int) body.u32(0);
                body.advance(CODE_BYTES);
                if (code == Authentication.MD5_PASSWORD) {
                    json.wire("authentication_md5_password", body);
                } else if (code == Authentication.SASL_FINAL) {
                    json.wire("authentication_sasl_final", body);
                } else if (!hasMessage && !Authentication.message(code).isEmpty()) {
                    json.ascii("message", Authentication.message(code));
                }
            }
        }
    }

    private void writeParameters(Exchange exchange, JsonWriter json) {
        int before = json.mark();
        json.beginArray("parameter_status");
        int empty = json.mark();
        exchange.responses(list);
        for (int type = Exchange.next(list, body); type != 0; type = Exchange.next(list, body)) {
            if (type == MessageType.PARAMETER_STATUS) {
                PgsqlText.read(in.wrap(body), name);
                PgsqlText.read(in, value);
                String known = ParameterName.of(name);
                if (!known.isEmpty()) {
                    json.beginObject().wire(known, value).endObject();
                }
            }
        }
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endArray();
        }
    }

    private void writeResult(Exchange exchange, JsonWriter json) {
        if (exchange.last(MessageType.ROW_DESCRIPTION, list, body)) {
            in.wrap(body);
            json.bool("row_description_malformed", false).number("field_count", in.u16());
        }
        if (exchange.rows > 0) {
            json.number("data_rows", exchange.rows).number("data_size", exchange.rowBytes);
        }
        if (exchange.last(MessageType.COPY_IN_RESPONSE, list, body)) {
            writeCopy("copy_in_response", json);
        }
        if (exchange.last(MessageType.COPY_OUT_RESPONSE, list, body)) {
            writeCopy("copy_out_response", json);
        }
        if (exchange.copies > 0 && exchange.request != Request.COPY_IN) {
            json.beginObject("copy_data_out").number("row_count", exchange.copies);
            json.number("data_size", exchange.copyBytes).endObject();
        }
        if (exchange.last(MessageType.COMMAND_COMPLETE, list, body)) {
            json.wire("command_completed", PgsqlText.read(in.wrap(body), value));
        }
    }

    private void writeCopy(String field, JsonWriter json) {
        in.wrap(body);
        in.skip(1); // format
        json.beginObject(field)
                .bool("malformed", false)
                .number("columns", in.u16())
                .endObject();
    }
}
