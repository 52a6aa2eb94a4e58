// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.secrets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Collects everything that is logged on the way, at the finest level, with stack traces. */
final class WholeLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String OURS = "io.dpiprobe";

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<Logger, Level> before;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    WholeLog() {
        Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = loggers.getLogger(OURS);
        before = Map.of(root, root.getLevel(), ours, ours.getLevel());
        before.keySet().forEach(logger -> logger.setLevel(Level.TRACE));
        root.addAppender(this);
        setContext(loggers);
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    /** How many lines have this code. */
    int count(String code) {
        return text().split(code + ": ", -1).length - 1;
    }

    @Override
    public void close() {
        before.forEach(Logger::setLevel);
        loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(this);
        stop();
    }
}
