// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Registry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** However many bugs there are, the log stays short: each is written once, and not more than so many. */
class LoggedOnceTest {
    private final Logger root = (Logger) LoggerFactory.getLogger("io.dpiprobe");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void listen() {
        written.start();
        root.addAppender(written);
        root.setAdditive(false);
    }

    @AfterEach
    void stop() {
        root.detachAppender(written);
        root.setAdditive(true);
    }

    @Test
    @Tag("limit:Faults.MAX_DISTINCT")
    void writesSoManyFaults() {
        Faults faults = new Faults();
        for (int i = 0; i < 2000; i++) {
            faults.onError(failure(i));
            faults.onError(failure(i));
        }
        assertThat(faults.count()).isEqualTo(4000);
        assertThat(written.list).hasSize(1000);
    }

    @Test
    @Tag("limit:DissectorGuard.MAX_LOGGED")
    void writesSoManyFailuresOfDissectors() {
        int[] times = {0};
        Protocol broken = Protocol.udp(
                "broken",
                (from, in) -> {
                    throw failure(times[0]++ / 2);
                },
                () -> {
                    throw new AssertionError("nothing is recognised");
                },
                7);
        Dialogue dialogue = Dialogue.udp(7, new Registry(List.of(broken))).tolerateFailures();
        for (int i = 0; i < 200; i++) {
            dialogue.client("x").wait(Duration.ofMinutes(10));
        }
        assertThat(dialogue.statistics().inspector().failures()).isGreaterThan(150);
        assertThat(written.list.stream().filter(event -> event.getMessage().startsWith("dissector_failed: ")))
                .hasSize(64);
    }

    private static IllegalStateException failure(int line) {
        IllegalStateException failure = new IllegalStateException("a bug");
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("Some", "method", "Some.java", line)});
        return failure;
    }
}
