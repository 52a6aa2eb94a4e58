// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.transport.gate.RetryAfter;

/** Core may answer anything. */
class AnswerFuzzTest {
    private static final int[] STATUS = {
        0, 100, 199, 200, 202, 204, 299, 301, 400, 401, 408, 413, 415, 422, 429, 500, 503, 999
    };

    @FuzzTest
    void anyAnswerHasAnOutcome(FuzzedDataProvider data) {
        int status = data.pickValue(STATUS);
        String retryAfter = data.consumeBoolean() ? data.consumeString(40) : null;
        String date = data.consumeBoolean() ? data.consumeString(40) : null;
        boolean backpressure = data.consumeBoolean();
        byte[] body = data.consumeRemainingAsBytes();

        Outcome outcome =
                Classifier.classify(new Answer(status, retryAfter, date, backpressure, body, null), Format.NDJSON);

        assertThat(outcome.retryAfterNs()).isBetween(RetryAfter.NONE, RetryAfter.MAX_NS);
        assertThat(outcome.kind() == Outcome.Kind.DELIVERED || outcome.kind() == Outcome.Kind.NOT_ACCEPTED)
                .as("only a 2xx may be taken for an ack")
                .isEqualTo(status / 100 == 2);
        assertThat(outcome.reply().rejected().size()).isLessThanOrEqualTo(body.length);
    }
}
