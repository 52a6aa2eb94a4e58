// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import io.dpiprobe.buffer.Batch;
import java.util.Map;
import okhttp3.Headers;

/** Writes the headers of a request (DESIGN 7.1). */
public final class RequestHead {
    private RequestHead() {}

    public static Headers of(String probeId, Batch batch, Body body, int attempt) {
        String first = Long.toString(body.firstSeq());
        String last = Long.toString(body.lastSeq());
        String worker = Integer.toString(batch.worker());
        String lane = batch.lane().label();
        Headers.Builder headers = Headers.of(Map.of(
                        "X-Probe-Id",
                        probeId,
                        "X-Probe-Epoch",
                        batch.epoch(),
                        "X-Batch-Lane",
                        lane,
                        "X-Batch-Worker",
                        worker,
                        "X-Batch-First-Seq",
                        first,
                        "X-Batch-Last-Seq",
                        last,
                        "X-Batch-Count",
                        Integer.toString(body.count()),
                        "X-Batch-Attempt",
                        Integer.toString(attempt),
                        "Idempotency-Key",
                        String.join("-", probeId, batch.epoch(), lane, worker, first, last),
                        "Content-Digest",
                        "sha-256=:" + body.digest() + ":"))
                .newBuilder();
        String coding = body.coding().header();
        if (coding != null) {
            headers.set("Content-Encoding", coding);
        }
        return headers.build();
    }
}
