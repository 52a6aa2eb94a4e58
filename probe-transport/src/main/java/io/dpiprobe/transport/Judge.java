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

    private final TransportStatistics statistics;
    private final Quarantine quarantine;
    private ContentCoding coding;

    /** An answer, for what, from whom, and when it was asked. */
    record Case(Delivery delivery, Destination destination, Outcome outcome, long startedNs) {
        Gate gate() {
            return destination.gate();
        }
    }

    Judge(TransportConfig config, TransportStatistics statistics) {
        this.statistics = statistics;
        this.quarantine = new Quarantine(config.quarantineDir(), config.quarantineMaxBytes(), statistics);
        this.coding = config.wire().coding();
    }

    Quarantine quarantine() {
        return quarantine;
    }

    ContentCoding coding() {
        return coding;
    }

    /** While Core refuses everything, one event at a time finds out whether it still does. */
    void prepare(Delivery delivery, Destination to) {
        if (to.isSchemaOutage() && !delivery.isSingle()) {
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
            case MISCONFIGURED -> onMisconfigured(outcome.cause(), answer, nowNs);
            case CODING_REFUSED -> onCodingRefused(answer, nowNs);
        }
    }

    private void onDelivered(Case answer, long nowNs) {
        Outcome outcome = answer.outcome();
        if (outcome.cause().equals(Classifier.UNREADABLE)) {
            statistics.onUnreadableAck();
        }
        if (answer.delivery().isRefusedBy(outcome.reply())) {
            onRefused("rejected", answer, nowNs);
            return;
        }
        boolean shrank = answer.delivery().accept(outcome.reply());
        String problem = outcome.reply().configurationProblem();
        if (problem != null) {
            onMisconfigured(problem, answer, nowNs);
            return;
        }
        if (!shrank) {
            onPushback("body", answer, nowNs);
            return;
        }
        if (answer.destination().onAccepted()) {
            LOG.info("core_accepts: {} takes events again", answer.destination().name());
        }
        if (outcome.slowDown()) {
            boolean inBody = outcome.reply().isBackpressure() || outcome.reply().wantsAgain();
            statistics.onSignal(inBody ? "body" : "header");
            answer.gate().onDeliveredUnderPressure(answer.startedNs(), nowNs, outcome.retryAfterNs());
        } else if (answer.gate().onDelivered(answer.startedNs(), nowNs)) {
            statistics.onSignal("latency");
        }
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
        if (delivery.isSingle()) {
            onRefused("oversize", answer, nowNs);
            return;
        }
        answer.gate().onAnswered(answer.startedNs());
        answer.gate().onTooLarge(delivery.plainBytes(), nowNs);
        delivery.halve();
    }

    private void onPoison(Case answer, long nowNs) {
        if (answer.delivery().isSingle()) {
            onRefused(answer.outcome().cause(), answer, nowNs);
        } else {
            answer.delivery().halve();
            answer.gate().onAnswered(answer.startedNs());
        }
    }

    /** Whether it is the events or Core that is wrong shows in what Core makes of others. */
    private void onRefused(String reason, Case answer, long nowNs) {
        Destination from = answer.destination();
        int doubted = answer.delivery().doubt(reason, from.acceptances());
        if (from.onDoubted(doubted)) {
            LOG.error("core_refuses_events: {} says {}; everything is kept until it takes events", from.name(), reason);
        }
        if (from.isSchemaOutage()) {
            from.gate().onHold(nowNs);
        } else if (doubted > 0) {
            from.gate().onPushback(answer.startedNs(), nowNs, answer.outcome().retryAfterNs());
        } else {
            from.gate().onAnswered(answer.startedNs());
        }
    }

    private void onMisconfigured(String cause, Case answer, long nowNs) {
        if (answer.destination().onMisconfigured()) {
            LOG.error(
                    "core_configuration: {} answers {}; everything is kept until that is put right",
                    answer.destination().name(),
                    cause);
        }
        answer.gate().onHold(nowNs);
    }

    private void onCodingRefused(Case answer, long nowNs) {
        if (answer.delivery().coding() == ContentCoding.NONE) {
            onMisconfigured(answer.outcome().cause(), answer, nowNs);
            return;
        }
        answer.gate().onAnswered(answer.startedNs());
        if (answer.delivery().coding() == coding) {
            coding = coding.fallback();
            LOG.warn("coding_refused: Core refuses the compression; using {} from now on", coding);
        }
    }
}
