// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

/** Ends a command with a message that says what is wrong and what to do, and an exit code. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    public CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
