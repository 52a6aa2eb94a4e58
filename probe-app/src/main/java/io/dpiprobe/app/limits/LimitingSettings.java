// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import io.dpiprobe.app.config.Setting;
import io.dpiprobe.app.config.Settings;
import java.util.List;

/** Lists the settings by which an operator sets a bound. */
final class LimitingSettings {
    private static final List<Limit> NOTES = List.of(
            note(
                    "SNAPLEN",
                    "a captured packet",
                    "the rest of the packet is not seen; a header that ends later makes it undecodable",
                    "packets_undecodable_total{reason=\"truncated\"}"),
            note(
                    "CAPTURE_BUFFER_MB",
                    "packets that wait in the kernel, for each worker and interface",
                    "the kernel drops packets",
                    "packets_dropped_total{by=\"kernel\"}"),
            note(
                    "MAX_FLOWS",
                    "flows, over all workers",
                    "the quietest of sixteen ends early, with its record",
                    "limit_reached_total{limit=\"flows\"}"),
            note(
                    "FLOW_TIMEOUT_SECONDS",
                    "a flow without a packet",
                    "the flow ends, with its record",
                    "flows_evicted_total{reason=\"timeout\"}"),
            note(
                    "MAX_BUFFER_SIZE_MB",
                    "events in memory",
                    "the oldest of the lowest lane goes to disk, or where that is full or none is dropped",
                    "buffer_full_total{tier=\"memory\"}, events_dropped_total{reason=\"memory_full\"}"),
            note(
                    "MAX_DISK_BUFFER_MB",
                    "events on disk",
                    "the oldest file of the lowest lane is dropped",
                    "buffer_full_total{tier=\"disk\"}, events_dropped_total{reason=\"disk_full\"}"),
            note("BATCH_MAX_BYTES", "a request before compression", "the rest waits for the next", "batch_limit_bytes"),
            note(
                    "MAX_IN_FLIGHT",
                    "requests at the same time",
                    "the next waits",
                    "in_flight_batches, concurrency_limit"),
            note(
                    "CONNECT_TIMEOUT_MS",
                    "opening a connection to Core",
                    "the request has failed and is made again",
                    "retries_total{cause=\"unavailable\"}"),
            note(
                    "REQUEST_TIMEOUT_MS",
                    "a request, from its first byte to the last of its answer",
                    "the request has failed and is made again",
                    "retries_total{cause=\"unavailable\"}"),
            note("BACKOFF_MAX_MS", "a pause after a failure", "pauses grow no longer", "backoff_seconds"),
            note(
                    "RATE_LIMIT_EVENTS_PER_SEC",
                    "events a second towards Core; 0 is no bound",
                    "the next request waits",
                    "backpressure_active"));

    private LimitingSettings() {}

    /** Each with its default and the values it may have. */
    static List<Limit> all() {
        return NOTES.stream().map(LimitingSettings::withValue).toList();
    }

    private static Limit note(String name, String of, String then, String seen) {
        return new Limit(name, "settings", "", of, then, seen);
    }

    private static Limit withValue(Limit note) {
        Setting<?> setting = Settings.all().stream()
                .filter(each -> each.name().equals(note.name()))
                .findFirst()
                .orElseThrow();
        String value = setting.defaultText() + " (" + setting.range() + ")";
        return new Limit(note.name(), note.place(), value, note.of(), note.then(), note.seen());
    }
}
