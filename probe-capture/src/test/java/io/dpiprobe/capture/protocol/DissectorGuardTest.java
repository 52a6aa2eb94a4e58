// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DissectorGuardTest {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    private final Protocol broken = Protocol.tcp("broken", DissectorGuardTest::detect, this::newBroken, 7);
    private final Protocol brokenUdp = Protocol.udp("broken", DissectorGuardTest::detect, this::newBroken, 7);

    @ParameterizedTest
    @ValueSource(strings = {"exception", "deep"})
    void costsTheFlowItsDissectionAndNothingElse(String bug) {
        Dialogue dialogue = Dialogue.tcp(7, registry()).tolerateFailures();
        dialogue.client(bug).client("more").server("answer").close();

        assertThat(calls).hasValue(1);
        assertThat(dialogue.statistics().inspector().failures()).isEqualTo(1);
        assertThat(dialogue.events().ofType("flow")).hasSize(1);
        assertThat(dialogue.appProto()).isEqualTo("broken");
    }

    @Test
    void doesTheSameForDatagrams() {
        Dialogue dialogue = Dialogue.udp(7, registry()).tolerateFailures();
        dialogue.client("exception").client("exception").close();

        assertThat(dialogue.statistics().inspector().failures()).isEqualTo(1);
        assertThat(dialogue.events().ofType("flow")).hasSize(1);
    }

    @Test
    void takesADetectorThatThrowsForOneThatRefuses() {
        Dialogue dialogue = Dialogue.tcp(7, registry())
                .tolerateFailures()
                .client("detector")
                .close();

        assertThat(dialogue.statistics().inspector().failures()).isEqualTo(1);
        assertThat(dialogue.appProto()).isEqualTo("failed");
    }

    @Test
    void doesNotUseABrokenDissectorAgain() {
        Dialogue dialogue = Dialogue.udp(7, registry()).tolerateFailures().client("exception");
        assertThat(made).hasValue(1);

        dialogue.wait(Duration.ofMinutes(10)).client("fine").close();
        assertThat(made).hasValue(2);
    }

    private Registry registry() {
        return new Registry(List.of(broken, brokenUdp));
    }

    private static Verdict detect(Direction from, Cursor in) {
        if (in.peekU8(0) == 'd' && in.peekU8(2) == 't') {
            throw new IllegalStateException("a bug in a detector");
        }
        return Verdict.OK;
    }

    private Dissector newBroken() {
        made.incrementAndGet();
        return new Broken();
    }

    /** Throws at "exception", overflows the stack at "deep". */
    private final class Broken implements Dissector {
        @Override
        public Verdict onData(Direction from, Cursor in, Session session) {
            calls.incrementAndGet();
            int first = in.peekU8(0);
            in.skip(in.remaining());
            if (first == 'e') {
                throw new IllegalStateException("a bug");
            }
            return first == 'd' ? endlessly(0) : Verdict.OK;
        }

        /** As deep as an attacker's nesting would go. */
        private Verdict endlessly(int depth) {
            return depth == Integer.MAX_VALUE ? Verdict.OK : more(depth);
        }

        private Verdict more(int depth) {
            return endlessly(depth + 1) == Verdict.OK ? Verdict.NEED_MORE : Verdict.OK;
        }

        @Override
        public void reset() {}
    }
}
