// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Lets the answers of a Core arrive when their time has come, in virtual time. */
final class DistantCore implements Sender {
    private final FakeCore core;
    private final PriorityQueue<Due> onTheirWay = new PriorityQueue<>();
    private long nowNs;
    private long tripNs;

    private record Due(long atNs, Consumer<Answer> onAnswer, Answer answer) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(atNs, other.atNs);
        }
    }

    DistantCore(FakeCore core) {
        this.core = core;
    }

    /** From now on a request and its answer take this long. */
    void takes(Duration trip) {
        tripNs = trip.toNanos();
    }

    void arrive(long nowNs) {
        this.nowNs = nowNs;
        for (Due due = onTheirWay.peek(); due != null && due.atNs <= nowNs; due = onTheirWay.peek()) {
            onTheirWay.remove();
            due.onAnswer.accept(due.answer);
        }
    }

    @Override
    public void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer) {
        core.send(url, head, body, answer -> onTheirWay.add(new Due(nowNs + tripNs, onAnswer, answer)));
    }

    @Override
    public boolean refreshCredentials() {
        return false;
    }

    @Override
    public long certificateExpiresMs() {
        return 0;
    }

    @Override
    public void close() {}
}
