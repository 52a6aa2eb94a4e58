// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import io.dpiprobe.app.cli.CommandTree;

/** Runs the command that the arguments name. */
public final class DpiProbe {
    private DpiProbe() {}

    public static void main(String[] arguments) {
        LibraryPath.set();
        System.exit(CommandTree.run(arguments));
    }
}
