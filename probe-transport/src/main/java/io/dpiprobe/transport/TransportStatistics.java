// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.buffer.TimeHistogram;
import io.dpiprobe.transport.gate.BreakerState;
import io.dpiprobe.transport.wire.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the transport does; written by its loop, read by any thread. */
public final class TransportStatistics {
    /** Classes of answers; error is no answer. */
    public static final List<String> CLASSES = List.of("1xx", "2xx", "3xx", "4xx", "5xx", "error");

    /** Ways in which Core asks for less. */
    public static final List<String> SIGNALS = List.of("429", "header", "body", "close", "latency");

    /** Why Core refuses an event for good: the answer to it alone, or (rejected) its name in the body of an answer. */
    public static final List<String> REFUSALS = List.of("http_400", "http_422", "oversize", "rejected");

    private final Map<String, AtomicLong> quarantined = counters(REFUSALS);
    private final Map<String, AtomicLong> requests = counters(CLASSES);
    private final Map<String, AtomicLong> signals = counters(SIGNALS);
    private final Map<String, AtomicLong> retries = counters(List.of(
            "not_accepted", "rate_limited", "unavailable", "too_large", "poison", "misconfigured", "coding_refused"));
    private final Map<String, AtomicLong> transitions = counters(List.of("closed", "open", "half_open"));
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong eventsDelivered = new AtomicLong();
    private final AtomicLong unreadableAcks = new AtomicLong();
    private final AtomicLong backpressureNs = new AtomicLong();
    private volatile long highestAckedMs;
    private volatile long certificateExpiresMs;
    private final TimeHistogram requestTimes = new TimeHistogram();
    private final TimeHistogram deliveryTimes = new TimeHistogram();
    private volatile int inFlight;
    private volatile int concurrencyLimit;
    private volatile int batchLimitBytes;
    private volatile long backoffNs;
    private volatile boolean backpressureActive;
    private volatile BreakerState breaker = BreakerState.CLOSED;

    private static Map<String, AtomicLong> counters(List<String> labels) {
        Map<String, AtomicLong> counters = new LinkedHashMap<>();
        labels.forEach(label -> counters.put(label, new AtomicLong()));
        return Collections.unmodifiableMap(counters);
    }

    private static void count(Map<String, AtomicLong> counters, String label) {
        AtomicLong counter = counters.get(label);
        if (counter != null) {
            counter.incrementAndGet();
        }
    }

    private static Map<String, Long> values(Map<String, AtomicLong> counters) {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((label, counter) -> values.put(label, counter.get()));
        return values;
    }

    void onSent(long bytes) {
        bytesSent.addAndGet(bytes);
    }

    void onAnswer(int status, long durationNs) {
        int hundreds = status / 100;
        count(requests, hundreds >= 1 && hundreds <= 5 ? hundreds + "xx" : "error");
        requestTimes.record(durationNs);
    }

    void onRetry(Outcome.Kind kind) {
        count(retries, kind.label());
    }

    void onSignal(String signal) {
        count(signals, signal);
    }

    /** An event is in the quarantine file; reasons that Core makes up are one. */
    void onQuarantined(String reason) {
        count(quarantined, REFUSALS.contains(reason) ? reason : "rejected");
    }

    void onUnreadableAck() {
        unreadableAcks.incrementAndGet();
    }

    /** All events of a batch are delivered or given up, this long after the first of them was accepted. */
    void onSettled(int events, long ageNs, long wallMs) {
        eventsDelivered.addAndGet(events);
        deliveryTimes.record(ageNs);
        highestAckedMs = Math.max(highestAckedMs, wallMs - TimeUnit.NANOSECONDS.toMillis(ageNs));
    }

    void onCertificate(long expiresMs) {
        certificateExpiresMs = expiresMs;
    }

    void onBreaker(BreakerState state) {
        count(transitions, state.label());
    }

    void onCycle(BreakerState state, int underWay, int limit, int limitBytes) {
        breaker = state;
        inFlight = underWay;
        concurrencyLimit = limit;
        batchLimitBytes = limitBytes;
    }

    void onPace(boolean active, long untilNextNs, long sinceLastCycleNs) {
        backpressureActive = active;
        backoffNs = untilNextNs;
        if (active) {
            backpressureNs.addAndGet(sinceLastCycleNs);
        }
    }

    /** Answers by {@link #CLASSES}. */
    public Map<String, Long> requestsByClass() {
        return values(requests);
    }

    /** Requests that have to be made again, by what the answer was. */
    public Map<String, Long> retriesByCause() {
        return values(retries);
    }

    /** Events written to the quarantine file, by {@link #REFUSALS}. */
    public Map<String, Long> quarantinedByReason() {
        return values(quarantined);
    }

    /** How often Core asked for less, by {@link #SIGNALS}. */
    public Map<String, Long> backpressureSignals() {
        return values(signals);
    }

    /** How often a breaker became closed, open, half_open. */
    public Map<String, Long> breakerTransitions() {
        return values(transitions);
    }

    /** Bytes of request bodies. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** Events that Core acknowledged. */
    public long eventsDelivered() {
        return eventsDelivered.get();
    }

    /** 2xx answers whose body could not be read. */
    public long unreadableAcks() {
        return unreadableAcks.get();
    }

    /** Whether Core's last word was to wait, in whatever form. */
    public boolean backpressureActive() {
        return backpressureActive;
    }

    public double backpressureSeconds() {
        return backpressureNs.get() / 1e9;
    }

    /** Time until the next attempt; 0 if one may be made now. */
    public double backoffSeconds() {
        return backoffNs / 1e9;
    }

    /** State of the breaker of the preferred Core. */
    public BreakerState breaker() {
        return breaker;
    }

    /** Requests under way. */
    public int inFlight() {
        return inFlight;
    }

    public int concurrencyLimit() {
        return concurrencyLimit;
    }

    /** Largest body before compression that is tried at present. */
    public int batchLimitBytes() {
        return batchLimitBytes;
    }

    /** Wall clock when the newest batch that is settled began to fill, in milliseconds; 0 if none was. */
    public long highestAckedMs() {
        return highestAckedMs;
    }

    /** Wall clock when the probe's certificate ends, in milliseconds; 0 if it has none. */
    public long certificateExpiresMs() {
        return certificateExpiresMs;
    }

    /** From start to answer. */
    public TimeHistogram.Summary requestDurations() {
        return TimeHistogram.summary(List.of(requestTimes));
    }

    /** From the moment the first event of a batch was accepted until the batch was settled. */
    public TimeHistogram.Summary deliveryLatencies() {
        return TimeHistogram.summary(List.of(deliveryTimes));
    }
}
