// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

/** Says which log lines are written, and how. */
public record LogConfig(LogLevel level, LogFormat format) {}
