// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Lists every bound: what an operator sets first, then constants, by package. */
public final class Limits {
    private Limits() {}

    public static List<Limit> all() {
        Stream<Limit> constants = MarkedConstants.of(OwnClasses.names()).stream()
                .sorted(Comparator.comparing(Limit::place)); // stable: in the order of the source within a class
        return Stream.concat(LimitingSettings.all().stream(), constants).toList();
    }
}
