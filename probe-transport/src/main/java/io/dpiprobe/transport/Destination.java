// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.gate.BreakerState;
import io.dpiprobe.transport.gate.Gate;
import okhttp3.HttpUrl;

/** Is one Core, with its own gate. */
final class Destination {
    /** So many events refused, with nothing taken in between, are Core's fault and not the events'. */
    static final int SCHEMA_OUTAGE_EVENTS = 5;

    private final HttpUrl url;
    private final Gate gate;
    private int inFlight;
    private long acceptances;
    private int doubted;
    private boolean schemaOutage;
    private boolean misconfigured;

    Destination(HttpUrl url, Gate gate) {
        this.url = url;
        this.gate = gate;
    }

    HttpUrl url() {
        return url;
    }

    /** For people: a query may hold what is not for them. */
    String name() {
        return url.newBuilder().query(null).toString();
    }

    Gate gate() {
        return gate;
    }

    boolean mayStart(long nowNs) {
        return gate.mayStart(nowNs, inFlight);
    }

    /** Whether events are for this Core, though perhaps not yet: it is neither away nor refuses everything. */
    boolean isUsable(long nowNs) {
        return gate.breaker(nowNs) == BreakerState.CLOSED && !gate.isHolding();
    }

    /** Whether Core answers that nothing can be accepted as it is configured. */
    boolean isMisconfigured() {
        return misconfigured;
    }

    /** Whether Core refuses every event. */
    boolean isSchemaOutage() {
        return schemaOutage;
    }

    /** Whether the last event that it was shown was refused, and may be good. */
    boolean isDoubting() {
        return doubted > 0;
    }

    /** How often it took something. */
    long acceptances() {
        return acceptances;
    }

    /** Core took something; returns whether that ends a time in which it took nothing. */
    boolean onAccepted() {
        boolean wasHolding = misconfigured || schemaOutage;
        acceptances++;
        doubted = 0;
        misconfigured = false;
        schemaOutage = false;
        return wasHolding;
    }

    /** Core refuses so many events that may be good; returns whether this makes an outage of it. */
    boolean onDoubted(int events) {
        doubted += events;
        boolean begins = !schemaOutage && doubted >= SCHEMA_OUTAGE_EVENTS;
        schemaOutage |= begins;
        return begins;
    }

    /** Returns whether that is news. */
    boolean onMisconfigured() {
        boolean begins = !misconfigured;
        misconfigured = true;
        return begins;
    }

    void onStarted() {
        inFlight++;
    }

    void onAnswered() {
        inFlight--;
    }
}
