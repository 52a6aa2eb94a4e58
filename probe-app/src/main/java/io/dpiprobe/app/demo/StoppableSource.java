// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.SourceCounters;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Gives an endless source an end. */
final class StoppableSource implements PacketSource {
    private final PacketSource source;
    private final BooleanSupplier isStopped;

    StoppableSource(PacketSource source, BooleanSupplier isStopped) {
        this.source = source;
        this.isStopped = isStopped;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        return isStopped.getAsBoolean() ? 0 : source.poll(handler, limit);
    }

    @Override
    public boolean isExhausted() {
        return isStopped.getAsBoolean() || source.isExhausted();
    }

    @Override
    public SourceCounters counters() {
        return source.counters();
    }

    @Override
    public void close() {
        source.close();
    }
}
