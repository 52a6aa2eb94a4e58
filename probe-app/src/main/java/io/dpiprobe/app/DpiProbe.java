// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import io.dpiprobe.app.cli.CommandTree;
import io.dpiprobe.app.probe.LastResort;

/** Runs the command that the arguments name. */
public final class DpiProbe {
    private DpiProbe() {}

    public static void main(String[] arguments) {
        LastResort.install();
        LibraryPath.set();
        System.exit(CommandTree.run(arguments));
    }
}
