// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.gate.BreakerState;
import io.dpiprobe.transport.gate.Gate;
import okhttp3.HttpUrl;

/** Is one Core, with its own gate. */
final class Destination {
    private final HttpUrl url;
    private final Gate gate;
    private int inFlight;

    Destination(HttpUrl url, Gate gate) {
        this.url = url;
        this.gate = gate;
    }

    HttpUrl url() {
        return url;
    }

    Gate gate() {
        return gate;
    }

    boolean mayStart(long nowNs) {
        return gate.mayStart(nowNs, inFlight);
    }

    boolean isClosed(long nowNs) {
        return gate.breaker(nowNs) == BreakerState.CLOSED;
    }

    void onStarted(int events, long nowNs) {
        inFlight++;
        gate.onStarted(events, nowNs);
    }

    void onAnswered() {
        inFlight--;
    }
}
