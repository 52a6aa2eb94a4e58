// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.eve.JsonWriter;

/** Names what a host says it is, each of one bit ([MS-BRWS] 2.2.1, [MS-SRVS] 2.2.2.7). */
final class ServerType {
    private static final String[] NAMES = {
        "workstation",
        "server",
        "sql_server",
        "domain_controller",
        "backup_domain_controller",
        "time_source",
        "apple",
        "novell",
        "domain_member",
        "print_server",
        "dial_in",
        "xenix",
        "nt_workstation",
        "windows_for_workgroups",
        "netware",
        "nt_server",
        "potential_browser",
        "backup_browser",
        "master_browser",
        "domain_master_browser",
        "osf",
        "vms",
        "windows_95",
        "dfs",
        "cluster",
        "terminal_server",
        "virtual_cluster",
        "",
        "dce",
        "alternate_transport",
        "local_list_only",
        "domain_enumeration"
    };

    private ServerType() {}

    static void write(int bits, JsonWriter json) {
        json.beginArray("server_types");
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            String name = NAMES[Integer.numberOfTrailingZeros(rest)];
            if (!name.isEmpty()) {
                json.asciiItem(name);
            }
        }
        json.endArray();
    }
}
