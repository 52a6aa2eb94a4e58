// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.reading;

import io.dpiprobe.capture.source.SourceCounters;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far a long read has come, on one line that is written again and again. */
public final class Progress {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String ERASE_LINE = "\r\u001b[K";

    private final @Nullable PrintStream terminal;
    private long shownNs = System.nanoTime();
    private boolean isShown;

    private Progress(@Nullable PrintStream terminal) {
        this.terminal = terminal;
    }

    public static Progress on(PrintStream terminal) {
        return new Progress(terminal);
    }

    public static Progress silent() {
        return new Progress(null);
    }

    void show(Path file, SourceCounters counters, long events) {
        if (terminal == null || System.nanoTime() - shownNs < INTERVAL_NS) {
            return;
        }
        shownNs = System.nanoTime();
        isShown = true;
        terminal.printf("%s%s: %,d packets, %,d events", ERASE_LINE, file, counters.captured(), events);
        terminal.flush();
    }

    void clear() {
        if (terminal != null && isShown) {
            isShown = false;
            terminal.print(ERASE_LINE);
            terminal.flush();
        }
    }
}
