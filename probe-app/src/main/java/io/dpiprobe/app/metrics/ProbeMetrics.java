// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.app.BuildInfo;
import io.dpiprobe.app.probe.Probe;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Shows everything that a probe counts in the text format of Prometheus. */
public final class ProbeMetrics implements AutoCloseable {
    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, prometheus, io.micrometer.core.instrument.Clock.SYSTEM);
    private final JvmGcMetrics garbageCollections = new JvmGcMetrics();

    public ProbeMetrics(Probe probe) {
        keepOurNames(registry.config().namingConvention());
        Meters<Probe> meters = new Meters<>(registry, probe);
        CaptureMeters.register(meters);
        EventMeters.register(meters);
        BufferMeters.register(meters);
        DeliveryMeters.register(meters, probe);
        registerDurations(probe);
        registerProcess();
    }

    /** The convention would take the last word off a name that ends in created. */
    private void keepOurNames(NamingConvention others) {
        registry.config()
                .namingConvention(
                        (name, type, unit) -> name.startsWith(Meters.PREFIX) ? name : others.name(name, type, unit));
    }

    private void registerDurations(Probe probe) {
        prometheus.register(new DurationMetric(
                "dpi_probe_offer_seconds",
                "Time from a capture worker's offer of an event until it is in the buffer",
                DurationMetric.Scale.OFFER,
                () -> probe.buffer().offerTimes()));
        prometheus.register(new DurationMetric(
                "dpi_probe_http_request_duration_seconds",
                "Time from the start of a request to its answer",
                DurationMetric.Scale.REQUEST,
                () -> probe.delivery().requestDurations()));
        prometheus.register(new DurationMetric(
                "dpi_probe_delivery_latency_seconds",
                "Time from taking the first event of a batch into the buffer until the batch is settled",
                DurationMetric.Scale.DELIVERY,
                () -> probe.delivery().deliveryLatencies()));
    }

    private void registerProcess() {
        Info build = Info.builder()
                .name("dpi_probe_build")
                .help("Version of the probe and of the Java that runs it")
                .labelNames("version", "java")
                .register(prometheus);
        build.setLabelValues(BuildInfo.version(), Runtime.version().toString());
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollections.bindTo(registry);
    }

    /** All values now. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollections.close();
        registry.close();
    }
}
