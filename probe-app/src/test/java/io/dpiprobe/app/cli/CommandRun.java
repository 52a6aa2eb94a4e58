// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Holds what became of one command, run in this process. */
public record CommandRun(int code, String out, String err) {
    /** Runs it to its end, with these environment variables and no others. */
    public static CommandRun of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandTree.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Everything that was said. */
    public String text() {
        return out + err;
    }
}
