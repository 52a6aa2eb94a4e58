// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.packet.Slice;

/** Names the settings that clients send and servers report (53.2.7), as fields of events. */
final class ParameterName {
    /** On the wire, and in events where that differs. */
    private static final String[][] NAMES = {
        {"database"},
        {"application_name"},
        {"client_encoding"},
        {"DateStyle", "date_style"},
        {"default_transaction_read_only"},
        {"extra_float_digits"},
        {"geqo"},
        {"in_hot_standby"},
        {"integer_datetimes"},
        {"IntervalStyle", "interval_style"},
        {"is_superuser"},
        {"options"},
        {"replication"},
        {"scram_iterations"},
        {"search_path"},
        {"server_encoding"},
        {"server_version"},
        {"session_authorization"},
        {"standard_conforming_strings"},
        {"statement_timeout"},
        {"TimeZone", "time_zone"},
    };

    private ParameterName() {}

    /** Empty for an unknown one. */
    static String of(Slice name) {
        for (String[] each : NAMES) {
            if (name.equalsIgnoreCase(each[0])) {
                return each[each.length - 1];
            }
        }
        return "";
    }
}
