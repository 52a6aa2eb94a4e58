// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.dpiprobe.app.config.LogConfig;
import io.dpiprobe.app.config.LogFormat;
import io.dpiprobe.app.config.LogLevel;
import org.slf4j.LoggerFactory;

/** Sets up the log as configured; until then logback.xml holds. */
final class Logging {
    private Logging() {}

    static void configure(LogConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        level(config.level());
        if (config.format() == LogFormat.JSON && root.getAppender("stderr") instanceof ConsoleAppender<?> console) {
            @SuppressWarnings("unchecked") // logback.xml makes it of these
            ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) console;
            appender.stop();
            appender.setEncoder(json(context));
            appender.start();
        }
    }

    /** Changes which lines are written. */
    static void level(LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("io.dpiprobe").setLevel(Level.toLevel(level.name()));
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
