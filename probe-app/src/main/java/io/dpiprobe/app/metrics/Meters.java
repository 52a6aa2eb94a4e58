// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Registers counters and gauges that read one subject; names begin with {@code dpi_probe_}. */
final class Meters<T> {
    static final String PREFIX = "dpi_probe_";

    private final MeterRegistry registry;
    private final T subject;

    Meters(MeterRegistry registry, T subject) {
        this.registry = registry;
        this.subject = subject;
    }

    /** A counter; its name gets {@code _total} at the end when it is shown. */
    void counter(String name, String help, ToDoubleFunction<T> value, String... labels) {
        FunctionCounter.builder(PREFIX + name, subject, value)
                .description(help)
                .tags(labels)
                .register(registry);
    }

    void gauge(String name, String help, ToDoubleFunction<T> value, String... labels) {
        Gauge.builder(PREFIX + name, subject, value)
                .description(help)
                .tags(labels)
                .register(registry);
    }
}
