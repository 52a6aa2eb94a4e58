// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

/** Knows whether a person is watching; the launcher says so, because Java 17 cannot tell. */
final class Terminal {
    private Terminal() {}

    /** Whether standard error is a terminal. */
    static boolean isErrorShown() {
        return Boolean.getBoolean("dpi.probe.terminal");
    }
}
