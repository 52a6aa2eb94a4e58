// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Decides when the next request to one Core may start: at the latest of what backoff, Retry-After, breaker and rate
 * limit ask for.
 *
 * <p>Answers to requests that started before the last sign of trouble say nothing new: they neither prolong nor end the
 * wait. So a burst of failures of requests sent together is one failure.
 */
public final class Gate {
    /** When one answer in twenty takes longer, Core is asked for less at a time. */
    static final long SLOW_NS = Duration.ofSeconds(1).toNanos();

    private final Backoff backoff;
    private final CircuitBreaker breaker;
    private final ConcurrencyLimit concurrency;
    private final BatchLimit batches;
    private final LatencyWindow latencies = new LatencyWindow(SLOW_NS);
    private final long holdNs;
    private TokenBucket bucket;
    private long troubleNs = Long.MIN_VALUE;
    private long waitUntilNs = Long.MIN_VALUE;
    private boolean paced;
    private boolean holding;

    /** Takes the upper bounds of requests under way and of their bytes, and a listener for the breaker's changes. */
    public Gate(
            GateConfig config,
            int maxInFlight,
            int maxBatchBytes,
            String probeId,
            DoubleSupplier random,
            Consumer<BreakerState> breakerListener) {
        this.backoff = new Backoff(
                config.backoffInitial().toNanos(), config.backoffMax().toNanos(), config.jitter(), random);
        this.breaker = new CircuitBreaker(
                config.failureThreshold(),
                config.successThreshold(),
                config.recoveryTimeout().toNanos(),
                breakerListener);
        this.concurrency = new ConcurrencyLimit(maxInFlight, probeId);
        this.batches = new BatchLimit(maxBatchBytes);
        this.bucket = new TokenBucket(config.eventsPerSecond(), 0);
        this.holdNs = config.holdPace().toNanos();
    }

    /** Whether one more request may start while so many are under way. */
    public boolean mayStart(long nowNs, int inFlight) {
        boolean oneByOne = paced || breaker.at(nowNs) == BreakerState.HALF_OPEN;
        return nowNs >= nextAttemptNs() && inFlight < (oneByOne ? 1 : concurrency.limit());
    }

    /** The earliest moment for the next request; in the past if it may start at once. */
    public long nextAttemptNs() {
        return Math.max(waitUntilNs, Math.max(breaker.opensAtNs(), bucket.opensAtNs()));
    }

    public BreakerState breaker(long nowNs) {
        return breaker.at(nowNs);
    }

    /** How many requests may be under way. */
    public int concurrencyLimit() {
        return concurrency.limit();
    }

    /** How large the next request may be before compression. */
    public int batchLimitBytes(long nowNs) {
        boolean trial = breaker.at(nowNs) == BreakerState.HALF_OPEN;
        return trial ? Math.min(BatchLimit.TRIAL_BYTES, batches.bytes()) : batches.bytes();
    }

    /** Whether Core takes nothing until somebody changes something. */
    public boolean isHolding() {
        return holding;
    }

    /** Whether the last thing that Core said was to wait. */
    public boolean isPaced() {
        return paced;
    }

    public void onStarted(int events, long nowNs) {
        bucket.spend(events, nowNs);
    }

    /**
     * Core took a batch and is content.
     *
     * @return whether its answers have become too slow, which is a sign of trouble in itself
     */
    public boolean onDelivered(long startedNs, long nowNs) {
        holding = false;
        if (startedNs <= troubleNs) {
            return false;
        }
        breaker.onSuccess();
        backoff.reset();
        paced = false;
        if (latencies.isTooSlow(nowNs - startedNs)) {
            concurrency.onTrouble();
            batches.onTrouble();
            return true;
        }
        concurrency.onAck(nowNs);
        batches.onAck(nowNs);
        return false;
    }

    /** Core answers as it should, though it did not take what was sent: that is for other reasons than its state. */
    public void onAnswered(long startedNs) {
        if (startedNs > troubleNs) {
            breaker.onSuccess();
            backoff.reset();
            paced = false;
        }
    }

    /** Core called a request of this size too large. */
    public void onTooLarge(int bytes, long nowNs) {
        batches.onTooLarge(bytes, nowNs);
    }

    /** Core is there, wants less, and may have said for how long. */
    public void onPushback(long startedNs, long nowNs, long retryAfterNs) {
        if (isNews(startedNs, nowNs)) {
            concurrency.onTrouble();
            waitUntilNs = Math.max(waitUntilNs, nowNs + backoff.next());
        }
        respect(retryAfterNs, nowNs);
    }

    /** Core took a batch and wants less. */
    public void onDeliveredUnderPressure(long startedNs, long nowNs, long retryAfterNs) {
        holding = false;
        if (startedNs > troubleNs) {
            breaker.onSuccess();
        }
        onPushback(startedNs, nowNs, retryAfterNs);
    }

    /** Core did not answer, or answered that it cannot. */
    public void onUnavailable(long startedNs, long nowNs, long retryAfterNs) {
        if (isNews(startedNs, nowNs)) {
            long delayNs = backoff.next();
            waitUntilNs = Math.max(waitUntilNs, nowNs + delayNs);
            breaker.onFailure(nowNs, delayNs);
            batches.onTrouble();
            if (breaker.at(nowNs) == BreakerState.CLOSED) {
                concurrency.onTrouble();
            } else {
                concurrency.onOutage();
            }
        }
        respect(retryAfterNs, nowNs);
    }

    /** Nothing that is sent can be accepted until somebody changes something. */
    public void onHold(long nowNs) {
        troubleNs = nowNs;
        paced = true;
        holding = true;
        waitUntilNs = Math.max(waitUntilNs, nowNs + holdNs);
    }

    /** Ends a hold early: what it waited for may have changed. */
    public void lift(long nowNs) {
        waitUntilNs = Math.min(waitUntilNs, nowNs);
    }

    /** Lets through so many events a second from now on; 0: no limit. */
    public void limitRate(int eventsPerSecond, long nowNs) {
        bucket = new TokenBucket(eventsPerSecond, nowNs);
    }

    private boolean isNews(long startedNs, long nowNs) {
        if (startedNs <= troubleNs) {
            return false;
        }
        troubleNs = nowNs;
        paced = true;
        return true;
    }

    private void respect(long retryAfterNs, long nowNs) {
        if (retryAfterNs != RetryAfter.NONE) {
            waitUntilNs = Math.max(waitUntilNs, nowNs + retryAfterNs);
        }
    }
}
