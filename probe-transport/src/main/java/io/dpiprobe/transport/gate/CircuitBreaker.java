// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.util.function.Consumer;

/** Stops requests to a Core that keeps failing, and lets single ones through to find out whether it is back. */
public final class CircuitBreaker {
    private final int failureThreshold;
    private final int successThreshold;
    private final long recoveryNs;
    private final Consumer<BreakerState> listener;
    private State state = new Closed();

    /** Takes how many failures open it, how many successes close it, and the longest time that it stays open. */
    public CircuitBreaker(
            int failureThreshold, int successThreshold, long recoveryNs, Consumer<BreakerState> listener) {
        this.failureThreshold = failureThreshold;
        this.successThreshold = successThreshold;
        this.recoveryNs = recoveryNs;
        this.listener = listener;
    }

    /** Says what is let through now; an open breaker whose time is over becomes half open here. */
    public BreakerState at(long nowNs) {
        state.onTime(nowNs);
        return state.name();
    }

    /** Before this moment nothing is let through. */
    public long opensAtNs() {
        return state.opensAtNs();
    }

    public void onSuccess() {
        state.onSuccess();
    }

    /** Counts a failure; the next attempt is wanted after this delay. */
    public void onFailure(long nowNs, long delayNs) {
        state.onFailure(nowNs + Math.min(delayNs, recoveryNs));
    }

    private void become(State next) {
        state = next;
        listener.accept(next.name());
    }

    private abstract static class State {
        abstract BreakerState name();

        long opensAtNs() {
            return Long.MIN_VALUE;
        }

        void onTime(long nowNs) {}

        void onSuccess() {}

        void onFailure(long retryAtNs) {}
    }

    private final class Closed extends State {
        private int failures;

        @Override
        BreakerState name() {
            return BreakerState.CLOSED;
        }

        @Override
        void onSuccess() {
            failures = 0;
        }

        @Override
        void onFailure(long retryAtNs) {
            failures++;
            if (failures >= failureThreshold) {
                become(new Open(retryAtNs));
            }
        }
    }

    private final class Open extends State {
        private final long untilNs;

        Open(long untilNs) {
            this.untilNs = untilNs;
        }

        @Override
        BreakerState name() {
            return BreakerState.OPEN;
        }

        @Override
        long opensAtNs() {
            return untilNs;
        }

        @Override
        void onTime(long nowNs) {
            if (nowNs >= untilNs) {
                become(new HalfOpen());
            }
        }
    }

    private final class HalfOpen extends State {
        private int successes;

        @Override
        BreakerState name() {
            return BreakerState.HALF_OPEN;
        }

        @Override
        void onSuccess() {
            successes++;
            if (successes >= successThreshold) {
                become(new Closed());
            }
        }

        @Override
        void onFailure(long retryAtNs) {
            become(new Open(retryAtNs));
        }
    }
}
