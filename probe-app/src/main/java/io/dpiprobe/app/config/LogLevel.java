// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

/** Chooses which log lines are written. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
