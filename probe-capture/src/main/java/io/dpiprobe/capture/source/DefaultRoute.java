// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the interface of the default route in the kernel's tables, IPv4 before IPv6 (proc(5)). */
final class DefaultRoute {
    private static final int UP = 1;
    private static final int REJECT = 0x200;
    private static final int V4_COLUMNS = 8;
    private static final int V6_COLUMNS = 10;

    private final Path procNet;

    DefaultRoute(Path procNet) {
        this.procNet = procNet;
    }

    Optional<String> interfaceName() {
        return best(v4()).or(() -> best(v6()));
    }

    private record Route(String name, long metric, long flags) {}

    /** Iface Destination Gateway Flags RefCnt Use Metric Mask ...; the metric is decimal. */
    private Stream<Route> v4() {
        return rows("route", V4_COLUMNS)
                .filter(row -> row[1].equals("00000000") && row[7].equals("00000000"))
                .map(row -> new Route(row[0], Long.parseLong(row[6]), Long.parseLong(row[3], 16)));
    }

    /** Destination, length, source, length, next hop, metric, references, use, flags, name. */
    private Stream<Route> v6() {
        return rows("ipv6_route", V6_COLUMNS)
                .filter(row -> row[0].equals("0".repeat(32)) && row[1].equals("00"))
                .map(row -> new Route(row[9], Long.parseLong(row[5], 16), Long.parseLong(row[8], 16)));
    }

    private Stream<String[]> rows(String table, int columns) {
        return lines(procNet.resolve(table)).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(row -> row.length >= columns);
    }

    /** No table, no route: a kernel without IPv6 has none. */
    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> best(Stream<Route> routes) {
        return routes.filter(route -> (route.flags & UP) != 0 && (route.flags & REJECT) == 0)
                .min(Comparator.comparingLong(Route::metric))
                .map(Route::name);
    }
}
