// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.limits.Limit;
import io.dpiprobe.app.limits.Limits;

/** Prints the bounds, as the code has them. */
final class LimitsPage {
    private static final String HEAD = """
            # Limits

            Printed by `dpi-probe limits --markdown` from the constants themselves. Whatever comes from the wire, from
            disk or from Core, the probe keeps no more and does no more than this; each bound has a test that reaches
            it. Metrics are named without their prefix `dpi_probe_`; other names in the last column are fields of
            events. Where that column is empty the bound is not counted: what is left out is a detail of an event that
            is written all the same.

            | bound | value | of what | when it is reached | shown by |
            |---|---|---|---|---|
            """;

    private LimitsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        String place = "";
        for (Limit limit : Limits.all()) {
            if (!limit.place().equals(place)) {
                place = limit.place();
                page.append("| **").append(place).append("** | | | | |\n");
            }
            page.append("| `").append(limit.name()).append("` | ").append(limit.value());
            page.append(" | ").append(limit.of()).append(" | ").append(limit.then());
            page.append(" | ").append(limit.seen()).append(" |\n");
        }
        return page.toString();
    }

    static String text() {
        StringBuilder page = new StringBuilder();
        for (Limit limit : Limits.all()) {
            page.append(String.format("%-44s %-14s %s: %s%n", limit.name(), limit.value(), limit.of(), limit.then()));
        }
        return page.toString();
    }
}
