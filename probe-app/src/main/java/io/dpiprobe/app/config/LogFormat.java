// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

/** Chooses how log lines are written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
