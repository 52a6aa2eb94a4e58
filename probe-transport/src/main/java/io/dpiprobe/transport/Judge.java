// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.gate.Gate;
import io.dpiprobe.transport.wire.Classifier;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Outcome;
import io.dpiprobe.transport.wire.Outcome.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what each answer does to the batch and to the gate, and remembers what Core cannot take. */
final class Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    /** So many single events refused, with nothing taken in between, are Core's fault and not the events'. */
    static final int SCHEMA_OUTAGE_SINGLES = 5;

    private final TransportStatistics statistics;
    private final Quarantine quarantine;
    private ContentCoding coding;
    private int limitBytes;
    private int refusedInRow;
    private boolean schemaOutage;
    private boolean misconfigured;

    /** An answer, for what, from whom, and when it was asked. */
    record Case(Delivery delivery, Destination destination, Outcome outcome, long startedNs) {
        Gate gate() {
            return destination.gate();
        }
    }

    Judge(TransportConfig config, TransportStatistics statistics) {
        this.statistics = statistics;
        this.quarantine = new Quarantine(config.quarantineDir(), config.quarantineMaxBytes());
        this.coding = config.coding();
        this.limitBytes = config.batchMaxBytes();
    }

    Quarantine quarantine() {
        return quarantine;
    }

    ContentCoding coding() {
        return coding;
    }

    /** Largest body before compression; stays low once Core called a larger one too large. */
    int limitBytes() {
        return limitBytes;
    }

    boolean isMisconfigured() {
        return misconfigured;
    }

    /** Whether Core answers, and takes nothing until somebody changes something. */
    boolean isHolding() {
        return misconfigured || schemaOutage;
    }

    /** While Core refuses everything, one event at a time finds out whether it still does. */
    void prepare(Delivery delivery) {
        if (schemaOutage && !delivery.isSingle()) {
            delivery.isolate();
        }
    }

    void judge(Case answer, long nowNs) {
        Outcome outcome = answer.outcome();
        if (outcome.kind() != Kind.DELIVERED) {
            statistics.onRetry(outcome.kind());
        }
        switch (outcome.kind()) {
            case DELIVERED -> onDelivered(answer, nowNs);
            case NOT_ACCEPTED -> onPushback("body", answer, nowNs);
            case RATE_LIMITED -> onPushback("429", answer, nowNs);
            case UNAVAILABLE -> onUnavailable(answer, nowNs);
            case TOO_LARGE -> onTooLarge(answer, nowNs);
            case POISON -> onPoison(answer, nowNs);
            case MISCONFIGURED -> onMisconfigured(answer, nowNs);
            case CODING_REFUSED -> onCodingRefused(answer, nowNs);
        }
    }

    private void onDelivered(Case answer, long nowNs) {
        Outcome outcome = answer.outcome();
        if (outcome.cause().equals(Classifier.UNREADABLE)) {
            statistics.onUnreadableAck();
        }
        if (answer.delivery().accept(outcome.reply()) == 0) {
            onPushback("body", answer, nowNs);
            return;
        }
        refusedInRow = 0;
        recovered();
        if (outcome.slowDown()) {
            statistics.onSignal(outcome.reply().isBackpressure() ? "body" : "header");
            answer.gate().onDeliveredUnderPressure(answer.startedNs(), nowNs, outcome.retryAfterNs());
        } else {
            answer.gate().onDelivered(answer.startedNs(), nowNs);
        }
    }

    private void recovered() {
        if (isHolding()) {
            LOG.info("core_accepts: Core takes events again");
        }
        misconfigured = false;
        schemaOutage = false;
    }

    private void onPushback(String signal, Case answer, long nowNs) {
        statistics.onSignal(signal);
        answer.gate().onPushback(answer.startedNs(), nowNs, answer.outcome().retryAfterNs());
    }

    private void onUnavailable(Case answer, long nowNs) {
        if (answer.outcome().cause().equals("connection")) {
            statistics.onSignal("close");
        }
        answer.gate().onUnavailable(answer.startedNs(), nowNs, answer.outcome().retryAfterNs());
    }

    private void onTooLarge(Case answer, long nowNs) {
        Delivery delivery = answer.delivery();
        answer.gate().onDelivered(answer.startedNs(), nowNs);
        if (delivery.isSingle()) {
            delivery.refuse("oversize");
            return;
        }
        limitBytes = Math.min(limitBytes, Math.max(1, delivery.plainBytes() / 2));
        delivery.halve();
    }

    private void onPoison(Case answer, long nowNs) {
        Delivery delivery = answer.delivery();
        if (schemaOutage) {
            delivery.postpone();
            answer.gate().onHold(nowNs);
            return;
        }
        if (!delivery.isSingle()) {
            delivery.halve();
            answer.gate().onDelivered(answer.startedNs(), nowNs);
            return;
        }
        delivery.refuse(answer.outcome().cause());
        refusedInRow++;
        if (refusedInRow >= SCHEMA_OUTAGE_SINGLES) {
            schemaOutage = true;
            delivery.reconsider();
            answer.gate().onHold(nowNs);
            LOG.error("core_refuses_events: {}; everything is kept until Core takes events again", answer.outcome());
        } else {
            answer.gate().onDelivered(answer.startedNs(), nowNs);
        }
    }

    private void onMisconfigured(Case answer, long nowNs) {
        if (!misconfigured) {
            misconfigured = true;
            LOG.error(
                    "core_configuration: {} answers {}; everything is kept until that is put right",
                    answer.destination().url(),
                    answer.outcome().cause());
        }
        answer.gate().onHold(nowNs);
    }

    private void onCodingRefused(Case answer, long nowNs) {
        if (answer.delivery().coding() == ContentCoding.NONE) {
            onMisconfigured(answer, nowNs);
            return;
        }
        answer.gate().onDelivered(answer.startedNs(), nowNs);
        if (answer.delivery().coding() == coding) {
            coding = coding.fallback();
            LOG.warn("coding_refused: Core refuses the compression; using {} from now on", coding);
        }
    }
}
