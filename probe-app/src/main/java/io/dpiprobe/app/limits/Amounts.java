// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import java.util.List;
import java.util.Locale;

/** Writes numbers with the largest unit that makes them whole. */
final class Amounts {
    private static final List<String> BYTES = List.of("bytes", "KiB", "MiB", "GiB");
    private static final List<String> TIMES = List.of("ns", "µs", "ms", "s");
    private static final int SECONDS_PER_MINUTE = 60;

    private Amounts() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(long bytes) {
        return whole(bytes, 1024, BYTES);
    }

    static String time(long ns) {
        String text = whole(ns, 1000, TIMES);
        long seconds = ns / 1_000_000_000;
        boolean minutes = text.endsWith(" s") && seconds >= 2 * SECONDS_PER_MINUTE && seconds % SECONDS_PER_MINUTE == 0;
        return minutes ? count(seconds / SECONDS_PER_MINUTE) + " min" : text;
    }

    private static String whole(long number, int step, List<String> units) {
        long rest = number;
        int unit = 0;
        while (unit < units.size() - 1 && rest >= step && rest % step == 0) {
            rest /= step;
            unit++;
        }
        return count(rest) + " " + units.get(unit);
    }
}
