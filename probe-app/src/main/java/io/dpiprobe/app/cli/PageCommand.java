// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the program knows of itself, for a terminal or as a page of the documentation. */
abstract class PageCommand implements Callable<Integer> {
    private final Supplier<String> text;
    private final Supplier<String> page;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--markdown", description = "Print the page of the documentation instead.")
    private boolean markdown;

    PageCommand(Supplier<String> text, Supplier<String> page) {
        this.text = text;
        this.page = page;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print((markdown ? page : text).get());
        out.flush();
        return ExitCode.OK.code();
    }
}
