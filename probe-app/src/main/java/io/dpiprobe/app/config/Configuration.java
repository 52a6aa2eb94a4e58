// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.SamplingMode;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.transport.TransportConfig;
import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.level.LevelConfig;
import io.dpiprobe.transport.level.SamplingConfig;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands each module its part of the configuration, which is complete and valid. */
public final class Configuration {
    private static final long MIB = 1L << 20;
    /** Events that Core refuses for good, kept for a person to look at. */
    @Bound(
            of = "the file of events that Core refuses for good",
            then = "further ones are counted and not kept",
            seen = "events_quarantined_total",
            unit = Bound.Unit.BYTES)
    private static final long QUARANTINE_BYTES = 64 * MIB;

    private static final Duration HOLD_PACE = Duration.ofSeconds(30);

    private final SettingValues values;

    private Configuration(SettingValues values) {
        this.values = values;
    }

    /**
     * Reads an environment.
     *
     * @throws InvalidConfigurationException with everything that is wrong
     */
    public static Configuration read(Map<String, String> environment) throws InvalidConfigurationException {
        SettingValues values = new SettingValues(environment);
        new CrossChecks(values).run();
        if (!values.problems().isEmpty()) {
            throw new InvalidConfigurationException(values.problems());
        }
        return new Configuration(values);
    }

    public CaptureConfig capture() {
        return new CaptureConfig(
                values.find(Settings.CAPTURE_IFACE).orElse(""),
                values.find(Settings.CAPTURE_FILE).orElse(null),
                values.get(Settings.CAPTURE_SPEED),
                values.find(Settings.CAPTURE_FILTER).orElse(""),
                workersOf(values),
                (int) (values.get(Settings.CAPTURE_BUFFER_MB) * MIB),
                values.get(Settings.CAPTURE_PROMISCUOUS),
                values.get(Settings.SNAPLEN));
    }

    public String probeId() {
        return values.find(Settings.PROBE_ID).orElseGet(Settings::hostName);
    }

    /** Flows that one capture worker may follow. */
    public int flowsPerWorker() {
        return Math.max(1, values.get(Settings.MAX_FLOWS) / workersOf(values));
    }

    public FlowTimeouts flowTimeouts() {
        return FlowTimeouts.of(Duration.ofSeconds(values.get(Settings.FLOW_TIMEOUT_SECONDS)));
    }

    /** Packet time between interim records of a flow; zero: none. */
    public Duration flowUpdateInterval() {
        return Duration.ofSeconds(values.get(Settings.FLOW_UPDATE_INTERVAL_SECONDS));
    }

    public Checksums checksums() {
        return values.get(Settings.CHECKSUMS);
    }

    public Secrets secrets() {
        return values.get(Settings.LOG_SECRETS) ? Secrets.SHOWN : Secrets.HIDDEN;
    }

    /**
     * The buffer of one run.
     *
     * @param epoch the run's name: 8 hexadecimal digits
     * @param workers sinks that the buffer has: one for each capture worker, and one for the probe's own events
     */
    public BufferConfig buffer(String epoch, int workers) {
        return bufferOf(values, epoch, workers);
    }

    static BufferConfig bufferOf(SettingValues values, String epoch, int workers) {
        long memoryBytes = values.get(Settings.MAX_BUFFER_SIZE_MB) * MIB;
        return new BufferConfig(
                epoch,
                workers,
                memoryBytes,
                values.get(Settings.BACKPRESSURE_THRESHOLD).bytesOf(memoryBytes),
                fullPolicy(values),
                Duration.ofMillis(values.get(Settings.BATCH_LINGER_MS)),
                values.get(Settings.MAX_IN_FLIGHT),
                values.get(Settings.BUFFER_DIR),
                values.get(Settings.MAX_DISK_BUFFER_MB) * MIB,
                values.get(Settings.BUFFER_DURABILITY),
                Duration.ofMillis(values.get(Settings.DISK_SYNC_INTERVAL_MS)),
                values.find(Settings.RUNTIME_DIRECTORY).orElse(null));
    }

    /** A file that is read as fast as possible can wait: nothing is missed meanwhile. */
    private static FullPolicy fullPolicy(SettingValues values) {
        boolean waits = isReadAtOnce(values) && !values.isGiven(Settings.BUFFER_FULL_POLICY);
        return waits ? FullPolicy.BLOCK : values.get(Settings.BUFFER_FULL_POLICY);
    }

    static boolean isReadAtOnce(SettingValues values) {
        return values.isGiven(Settings.CAPTURE_FILE) && values.get(Settings.CAPTURE_SPEED) == CaptureSpeed.MAX;
    }

    /** A file has one worker, whatever is configured for interfaces. */
    static int workersOf(SettingValues values) {
        return values.isGiven(Settings.CAPTURE_FILE) ? 1 : values.get(Settings.CAPTURE_THREADS);
    }

    public TransportConfig transport() {
        return new TransportConfig(
                probeId(),
                values.get(Settings.CORE_API_URL),
                wire(),
                gate(),
                values.get(Settings.MAX_IN_FLIGHT),
                values.get(Settings.BATCH_MAX_BYTES),
                Duration.ofMillis(values.get(Settings.CONNECT_TIMEOUT_MS)),
                Duration.ofMillis(values.get(Settings.REQUEST_TIMEOUT_MS)),
                new TransportConfig.Security(
                        values.find(Settings.CORE_TOKEN_FILE).orElse(null),
                        values.find(Settings.PROBE_CERT_PATH).orElse(null),
                        values.find(Settings.PROBE_KEY_PATH).orElse(null),
                        values.find(Settings.CA_CERT_PATH).orElse(null),
                        values.find(Settings.SIGNING_KEY_PATH).orElse(null)),
                quarantineDir(),
                QUARANTINE_BYTES);
    }

    private TransportConfig.Wire wire() {
        Format format = values.get(Settings.CORE_FORMAT);
        boolean bulk = format == Format.ELASTICSEARCH;
        String path = bulk
                ? TransportConfig.Wire.bulkPath(values.get(Settings.CORE_INDEX))
                : TransportConfig.Wire.EVENTS_PATH;
        ContentCoding coding = values.get(Settings.COMPRESSION);
        // Elasticsearch knows no zstd, and not the status 415 either.
        ContentCoding known = bulk && coding == ContentCoding.ZSTD ? ContentCoding.GZIP : coding;
        return new TransportConfig.Wire(format, values.find(Settings.CORE_PATH).orElse(path), known);
    }

    /** The index or data stream that the bulk interface writes to. */
    public String index() {
        return values.get(Settings.CORE_INDEX);
    }

    private Path quarantineDir() {
        return values.get(Settings.BUFFER_DIR).resolve("quarantine");
    }

    private GateConfig gate() {
        return new GateConfig(
                Duration.ofMillis(values.get(Settings.BACKOFF_INITIAL_MS)),
                Duration.ofMillis(values.get(Settings.BACKOFF_MAX_MS)),
                values.get(Settings.BACKOFF_JITTER),
                values.get(Settings.CIRCUIT_BREAKER_FAILURE_THRESHOLD),
                values.get(Settings.CIRCUIT_BREAKER_SUCCESS_THRESHOLD),
                Duration.ofSeconds(values.get(Settings.CIRCUIT_BREAKER_RECOVERY_TIMEOUT)),
                HOLD_PACE,
                values.get(Settings.RATE_LIMIT_EVENTS_PER_SEC));
    }

    /** How well Core keeps up is judged by this. */
    public LevelConfig levels() {
        return new LevelConfig(
                Duration.ofSeconds(values.get(Settings.BACKPRESSURE_WINDOW_SECONDS)),
                values.get(Settings.LEVEL_DELIVERED_LIMITS),
                values.get(Settings.LEVEL_LATENCY_LIMITS_MS),
                values.get(Settings.LEVEL_BACKLOG_LIMITS));
    }

    /** What is kept while Core does not keep up. */
    public SamplingConfig sampling() {
        boolean enabled = values.get(Settings.ENABLE_ADAPTIVE_SAMPLING);
        return new SamplingConfig(
                enabled ? values.get(Settings.SAMPLING_MODE) : SamplingMode.OFF,
                values.get(Settings.SAMPLING_LOW),
                values.get(Settings.SAMPLING_NORMAL),
                values.get(Settings.SAMPLE_ONLY_WHEN_DISK_ABOVE),
                values.get(Settings.ENABLE_LOAD_SHEDDING),
                values.get(Settings.SHED_WHEN_DISK_ABOVE));
    }

    public Duration reportInterval() {
        return Duration.ofSeconds(values.get(Settings.HEALTH_REPORT_INTERVAL_SECONDS));
    }

    /** Where the probe is managed, and by whom. */
    public ManagementConfig management() {
        return new ManagementConfig(
                values.get(Settings.MANAGEMENT_ADDRESS),
                values.find(Settings.MANAGEMENT_TOKEN_FILE).orElse(null),
                values.find(Settings.MANAGEMENT_CERT_PATH).orElse(null),
                values.find(Settings.MANAGEMENT_KEY_PATH).orElse(null));
    }

    public LogConfig log() {
        return new LogConfig(values.get(Settings.LOG_LEVEL), values.get(Settings.LOG_FORMAT));
    }

    /** Where packets are saved at which a dissector fails; null if they are not. */
    public @Nullable Path reproducerDir() {
        return values.find(Settings.REPRODUCER_DIR).orElse(null);
    }

    /** The value of a setting as it would be written, for a person. */
    public String text(Setting<?> setting) {
        return values.find(setting).map(Configuration::textOf).orElse("");
    }

    private static String textOf(Object value) {
        if (value instanceof Enum<?> choice) {
            return choice == CaptureSpeed.REAL
                    ? "1x"
                    : choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
        } else if (value instanceof Amount amount) {
            return amount.isShare() ? amount.value() + "%" : String.valueOf(amount.value());
        } else if (value instanceof List<?> list) {
            StringBuilder text = new StringBuilder();
            list.forEach(each -> text.append(text.isEmpty() ? "" : ",").append(each));
            return text.toString();
        }
        return value.toString();
    }
}
