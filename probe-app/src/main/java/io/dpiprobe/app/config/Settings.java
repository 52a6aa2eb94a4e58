// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import io.dpiprobe.buffer.Durability;
import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.SamplingMode;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.transport.level.LevelConfig;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists every setting: the one place that names, limits and explains them. */
public final class Settings {
    private static final List<Setting<?>> LIST = new ArrayList<>();
    private static final int DAY_SECONDS = 86_400;
    private static final int MAX_MB = 1 << 20;
    private static final int MAX_PROBE_ID = 128;

    static final Setting<String> CAPTURE_IFACE = add(
            "CAPTURE_IFACE",
            ValueType.text("interface names separated by commas, or any", text -> !text.isBlank()),
            "",
            "Interfaces to capture from; without it, the one of the default route.");
    static final Setting<Path> CAPTURE_FILE = add(
            "CAPTURE_FILE",
            ValueType.path("path of a pcap or pcapng file"),
            "",
            "Read this capture file instead of an interface, as if it were live.");
    static final Setting<CaptureSpeed> CAPTURE_SPEED = add(
            "CAPTURE_SPEED",
            new ValueType<>("1x, max", CaptureSpeed::parse),
            "1x",
            "How fast CAPTURE_FILE is read: at the pace of its timestamps, or as fast as possible.");
    static final Setting<String> CAPTURE_FILTER = add(
            "CAPTURE_FILTER",
            ValueType.text("pcap-filter(7) expression", text -> true),
            "",
            "Only packets that pass this filter are captured.");
    static final Setting<Integer> CAPTURE_THREADS = add(
            "CAPTURE_THREADS",
            ValueType.whole(1, 64, "threads"),
            "1",
            "Capture workers; the kernel shares packets among them by flow. A file has one.");
    static final Setting<Integer> CAPTURE_BUFFER_MB = add(
            "CAPTURE_BUFFER_MB",
            ValueType.whole(1, 2047, "MiB"),
            "64",
            "Capture ring in the kernel, for each worker and interface.");
    static final Setting<Boolean> CAPTURE_PROMISCUOUS = add(
            "CAPTURE_PROMISCUOUS",
            ValueType.flag(),
            "true",
            "Whether the interface also takes packets that are for other hosts.");
    static final Setting<Integer> SNAPLEN =
            add("SNAPLEN", ValueType.whole(64, 262_144, "bytes"), "65535", "How much of each packet is captured.");
    static final Setting<String> PROBE_ID = add(
            "PROBE_ID",
            ValueType.text(
                    "1 to " + MAX_PROBE_ID + " printable ASCII characters without spaces and quotes",
                    Settings::isProbeId),
            "",
            "The name of this sensor in its events; without it, the host name.");
    static final Setting<List<URI>> CORE_API_URL = add(
            "CORE_API_URL",
            ValueType.httpUrls(),
            "https://localhost:8443",
            "Where events are delivered; of several, the first that answers.");
    static final Setting<Format> CORE_FORMAT = add(
            "CORE_FORMAT",
            ValueType.choice(Format.class),
            "ndjson",
            "What Core is: a receiver of NDJSON, or the bulk interface of Elasticsearch or OpenSearch.");
    static final Setting<String> CORE_INDEX = add(
            "CORE_INDEX",
            ValueType.text(
                    "1 to 200 of a-z, 0-9, dot, minus and underscore, beginning with a letter", Settings::isIndex),
            "dpi-probe",
            "The index or data stream that CORE_FORMAT=elasticsearch writes to.");
    static final Setting<String> CORE_PATH = add(
            "CORE_PATH",
            ValueType.text("a path such as /v1/events, perhaps with a query", Settings::isPath),
            "",
            "Where below CORE_API_URL events go; without it, /v1/events, or /CORE_INDEX/_bulk for elasticsearch. No place for"
                    + " secrets: `dpi-probe config` shows it.");
    static final Setting<Path> CORE_TOKEN_FILE = add(
            "CORE_TOKEN_FILE",
            ValueType.path("path of a file"),
            "",
            "Holds the bearer token that Core wants, or a scheme and a value, such as \"Basic dXNlcjpwYXNz\"; read again"
                    + " when it changes.");
    static final Setting<Path> PROBE_CERT_PATH = add(
            "PROBE_CERT_PATH",
            ValueType.path("path of a PEM file"),
            "",
            "The certificate chain that the probe shows to Core; read again when it changes.");
    static final Setting<Path> PROBE_KEY_PATH = add(
            "PROBE_KEY_PATH",
            ValueType.path("path of a PEM file"),
            "",
            "The private key of PROBE_CERT_PATH, not readable by others; read again when it changes.");
    static final Setting<Path> CA_CERT_PATH = add(
            "CA_CERT_PATH",
            ValueType.path("path of a PEM file"),
            "",
            "Authorities that may vouch for Core; without it, those of the Java run time.");
    static final Setting<Path> SIGNING_KEY_PATH = add(
            "SIGNING_KEY_PATH",
            ValueType.path("path of a PEM file, Ed25519"),
            "",
            "Sign each batch with this private key, so that Core knows who made it; read again when it changes.");
    static final Setting<ContentCoding> COMPRESSION = add(
            "COMPRESSION",
            ValueType.choice(ContentCoding.class),
            "zstd",
            "How requests are compressed; if Core refuses it, the next one is tried.");
    static final Setting<Integer> MAX_BUFFER_SIZE_MB =
            add("MAX_BUFFER_SIZE_MB", ValueType.whole(8, MAX_MB, "MiB"), "256", "Memory that events may take.");
    static final Setting<Amount> BACKPRESSURE_THRESHOLD = add(
            "BACKPRESSURE_THRESHOLD",
            ValueType.bytesOrShare(),
            "80%",
            "Events in memory above which the oldest move to disk; a share is one of MAX_BUFFER_SIZE_MB.");
    static final Setting<Path> BUFFER_DIR = add(
            "BUFFER_DIR",
            ValueType.path("path of a directory"),
            "/var/lib/dpi-probe/buffer",
            "Where events that memory cannot hold are kept; of this probe alone.");
    static final Setting<Path> RUNTIME_DIRECTORY = add(
            "RUNTIME_DIRECTORY",
            ValueType.path("path of a directory in memory (tmpfs)"),
            "",
            "Where the next run finds how many events only memory had, should this one be killed; systemd sets it.");
    static final Setting<Integer> MAX_DISK_BUFFER_MB =
            add("MAX_DISK_BUFFER_MB", ValueType.whole(16, MAX_MB * 64, "MiB"), "4096", "Disk that events may take.");
    static final Setting<Durability> BUFFER_DURABILITY = add(
            "BUFFER_DURABILITY",
            ValueType.choice(Durability.class),
            "overflow",
            "Which events go through the disk: those that memory cannot hold or Core does not take, or all.");
    static final Setting<FullPolicy> BUFFER_FULL_POLICY = add(
            "BUFFER_FULL_POLICY",
            ValueType.choice(FullPolicy.class),
            "drop-oldest",
            "What goes when an event finds no free memory; block waits, and is the default and only allowed when"
                    + " CAPTURE_FILE is read with CAPTURE_SPEED=max.");
    static final Setting<Integer> DISK_SYNC_INTERVAL_MS = add(
            "DISK_SYNC_INTERVAL_MS",
            ValueType.whole(10, 60_000, "ms"),
            "500",
            "Longest time until what was written is forced to disk.");
    static final Setting<Integer> FLOW_TIMEOUT_SECONDS = add(
            "FLOW_TIMEOUT_SECONDS",
            ValueType.whole(1, DAY_SECONDS, "s"),
            "300",
            "How long a flow without packets is kept.");
    static final Setting<Integer> FLOW_UPDATE_INTERVAL_SECONDS = add(
            "FLOW_UPDATE_INTERVAL_SECONDS",
            ValueType.whole(0, DAY_SECONDS, "s"),
            "300",
            "Time between interim records (flow_update) of a flow that goes on; 0: none.");
    static final Setting<Checksums> CHECKSUMS = add(
            "CHECKSUMS",
            ValueType.choice(Checksums.class),
            "ignored",
            "Whether packets with a wrong checksum are dissected (ignored) or not (verified); a host that sends what it"
                    + " captures sees wrong ones all the time.");
    static final Setting<Integer> MAX_FLOWS = add(
            "MAX_FLOWS",
            ValueType.whole(16, 16_000_000, "flows"),
            "1000000",
            "Flows followed at the same time, over all workers; beyond, a quiet one ends early, counted.");
    static final Setting<Integer> BATCH_LINGER_MS = add(
            "BATCH_LINGER_MS",
            ValueType.whole(1, 60_000, "ms"),
            "100",
            "How long an event waits for others to share a request with.");
    static final Setting<Integer> BATCH_MAX_BYTES = add(
            "BATCH_MAX_BYTES",
            ValueType.whole(65_536, 64 << 20, "bytes"),
            "1048576",
            "The largest request, before compression.");
    static final Setting<Integer> MAX_IN_FLIGHT =
            add("MAX_IN_FLIGHT", ValueType.whole(1, 64, "requests"), "8", "Requests to Core at the same time.");
    static final Setting<Integer> CONNECT_TIMEOUT_MS = add(
            "CONNECT_TIMEOUT_MS",
            ValueType.whole(10, 600_000, "ms"),
            "5000",
            "How long a connection to Core may take to open.");
    static final Setting<Integer> REQUEST_TIMEOUT_MS = add(
            "REQUEST_TIMEOUT_MS",
            ValueType.whole(10, 600_000, "ms"),
            "30000",
            "How long a request to Core may take in all.");
    static final Setting<Integer> BACKOFF_INITIAL_MS = add(
            "BACKOFF_INITIAL_MS",
            ValueType.whole(1, 600_000, "ms"),
            "100",
            "Pause after the first failed request; it doubles with each further one.");
    static final Setting<Integer> BACKOFF_MAX_MS =
            add("BACKOFF_MAX_MS", ValueType.whole(1, 3_600_000, "ms"), "30000", "The longest such pause.");
    static final Setting<Double> BACKOFF_JITTER = add(
            "BACKOFF_JITTER",
            ValueType.decimal(0, 1),
            "0.2",
            "By which share a pause may be shorter at random; 0 is exact.");
    static final Setting<Integer> CIRCUIT_BREAKER_FAILURE_THRESHOLD = add(
            "CIRCUIT_BREAKER_FAILURE_THRESHOLD",
            ValueType.whole(1, 1000, "failures"),
            "5",
            "Failed requests in a row after which Core counts as unavailable and is only tried now and then.");
    static final Setting<Integer> CIRCUIT_BREAKER_SUCCESS_THRESHOLD = add(
            "CIRCUIT_BREAKER_SUCCESS_THRESHOLD",
            ValueType.whole(1, 1000, "requests"),
            "2",
            "Delivered requests in a row after which it counts as available again.");
    static final Setting<Integer> CIRCUIT_BREAKER_RECOVERY_TIMEOUT = add(
            "CIRCUIT_BREAKER_RECOVERY_TIMEOUT",
            ValueType.whole(1, 3600, "s"),
            "30",
            "Longest pause between tries while it counts as unavailable.");
    static final Setting<Integer> RATE_LIMIT_EVENTS_PER_SEC = add(
            "RATE_LIMIT_EVENTS_PER_SEC",
            ValueType.whole(0, 100_000_000, "events a second"),
            "0",
            "Delivery is never quicker than this; 0 is no limit.");
    static final Setting<Integer> BACKPRESSURE_WINDOW_SECONDS = add(
            "BACKPRESSURE_WINDOW_SECONDS",
            ValueType.whole(1, 3600, "s"),
            "60",
            "Over which it is measured how well Core keeps up; after three calm windows the level becomes better.");
    static final Setting<List<Double>> LEVEL_DELIVERED_LIMITS = add(
            "LEVEL_DELIVERED_LIMITS",
            ValueType.falling(0, 1, LevelConfig.LIMITS),
            "0.95,0.8,0.5",
            "Least share of the events made that Core takes, at the levels healthy, warning and critical; below the last"
                    + " it is overload.");
    static final Setting<List<Double>> LEVEL_LATENCY_LIMITS_MS = add(
            "LEVEL_LATENCY_LIMITS_MS",
            ValueType.rising(1, 600_000, LevelConfig.LIMITS),
            "500,1000,5000",
            "Response times in ms that 95 of 100 answers stay below, at the same levels.");
    static final Setting<List<Double>> LEVEL_BACKLOG_LIMITS = add(
            "LEVEL_BACKLOG_LIMITS",
            ValueType.rising(0, 1, LevelConfig.LIMITS),
            "0.5,0.8,0.95",
            "Share of MAX_BUFFER_SIZE_MB that events stay below, at the same levels.");
    static final Setting<Boolean> ENABLE_ADAPTIVE_SAMPLING = add(
            "ENABLE_ADAPTIVE_SAMPLING",
            ValueType.flag(),
            "true",
            "Whether only a share of the events of the lanes low and normal is kept while Core does not keep up and the"
                    + " disk fills; events of the lane high are all kept.");
    static final Setting<SamplingMode> SAMPLING_MODE = add(
            "SAMPLING_MODE",
            ValueType.choice(SamplingMode.class),
            "flow",
            "How the kept ones are chosen: by flow, alike on every sensor; at random; at random with a share that"
                    + " shrinks with the square of the backlog (probabilistic); or off.");
    static final Setting<List<Double>> SAMPLING_LOW = add(
            "SAMPLING_LOW",
            ValueType.falling(0.001, 1, LevelConfig.LIMITS),
            "0.8,0.5,0.2",
            "Share of the lane low that is kept at the levels warning, critical and overload.");
    static final Setting<List<Double>> SAMPLING_NORMAL = add(
            "SAMPLING_NORMAL",
            ValueType.falling(0.001, 1, LevelConfig.LIMITS),
            "1,0.8,0.5",
            "Share of the lane normal that is kept at the same levels.");
    static final Setting<Double> SAMPLE_ONLY_WHEN_DISK_ABOVE = add(
            "SAMPLE_ONLY_WHEN_DISK_ABOVE",
            ValueType.decimal(0, 1),
            "0.8",
            "Share of MAX_DISK_BUFFER_MB in use below which everything is kept at every level; 0: sampled at once.");
    static final Setting<Boolean> ENABLE_LOAD_SHEDDING = add(
            "ENABLE_LOAD_SHEDDING",
            ValueType.flag(),
            "true",
            "Whether no event of the lane low is kept at the level overload while the disk is nearly full.");
    static final Setting<Double> SHED_WHEN_DISK_ABOVE = add(
            "SHED_WHEN_DISK_ABOVE",
            ValueType.decimal(0, 1),
            "0.8",
            "Share of MAX_DISK_BUFFER_MB in use that counts as nearly full.");
    static final Setting<Integer> HEALTH_REPORT_INTERVAL_SECONDS = add(
            "HEALTH_REPORT_INTERVAL_SECONDS",
            ValueType.whole(1, DAY_SECONDS, "s"),
            "60",
            "How often a ledger event accounts for packets and events.");
    static final Setting<HostPort> MANAGEMENT_ADDRESS = add(
            "MANAGEMENT_ADDRESS",
            ValueType.hostPort(),
            "127.0.0.1:9470",
            "Where metrics, health, status, live events and the status page are served; beyond this host only with"
                    + " MANAGEMENT_TOKEN_FILE.");
    static final Setting<Path> MANAGEMENT_TOKEN_FILE = add(
            "MANAGEMENT_TOKEN_FILE",
            ValueType.path("path of a file"),
            "",
            "Holds the bearer token that management requests must show, /health and /ready excepted; read at start.");
    static final Setting<Path> MANAGEMENT_CERT_PATH = add(
            "MANAGEMENT_CERT_PATH",
            ValueType.path("path of a PEM file"),
            "",
            "The certificate chain for management over TLS; read at start.");
    static final Setting<Path> MANAGEMENT_KEY_PATH = add(
            "MANAGEMENT_KEY_PATH",
            ValueType.path("path of a PEM file"),
            "",
            "The private key of MANAGEMENT_CERT_PATH, not readable by others.");
    static final Setting<LogLevel> LOG_LEVEL =
            add("LOG_LEVEL", ValueType.choice(LogLevel.class), "info", "Which log lines are written.");
    static final Setting<LogFormat> LOG_FORMAT = add(
            "LOG_FORMAT", ValueType.choice(LogFormat.class), "text", "How log lines are written to standard error.");
    static final Setting<Boolean> LOG_SECRETS = add(
            "LOG_SECRETS",
            ValueType.flag(),
            "false",
            "Whether passwords, cookies, communities and the like are in events as they were sent, not as *** or left out;"
                    + " whoever can read the events, or the disk buffer, then has them.");

    static final Setting<Path> REPRODUCER_DIR = add(
            "REPRODUCER_DIR",
            ValueType.path("path of a directory"),
            "",
            "Save each packet at which a dissector fails, a bug, as a capture file here, whole, with any secrets in it;"
                    + " without it, nothing is saved.");

    private static final List<Setting<?>> ALL = List.copyOf(LIST);

    private Settings() {}

    /** Every setting, in the order in which they are explained. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** The name that a sensor has if nobody gave it one. */
    static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return isProbeId(name) ? name : "dpi-probe";
        } catch (UnknownHostException e) {
            return "dpi-probe";
        }
    }

    private static boolean isProbeId(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_PROBE_ID
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    private static boolean isIndex(String text) {
        return text.matches("[a-z][a-z0-9._-]{0,199}");
    }

    private static boolean isPath(String text) {
        return text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#' && c != '"');
    }

    private static <T> Setting<T> add(String name, ValueType<T> type, String defaultText, String sentence) {
        Setting<T> setting = new Setting<>(name, type, defaultText, sentence);
        LIST.add(setting);
        return setting;
    }
}
