// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.buffer.disk.BufferDirectory;
import io.dpiprobe.buffer.disk.StoredFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Empties the disk buffer. */
@Command(
        name = "purge",
        description = {
            "Deletes every event on disk, for good. Export first what may still be wanted.",
            "",
            "Refuses while a probe runs on the directory."
        },
        mixinStandardHelpOptions = true)
final class BufferPurgeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BufferCommand buffer;

    @Option(names = "--yes", description = "Really.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        BufferDirectory directory = buffer.directory();
        if (directory.isInUse()) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, buffer.path() + " is in use by a probe; stop it first, then purge");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<StoredFile> files = yes ? directory.purge() : directory.files();
        long events = files.stream().mapToLong(StoredFile::waitingEvents).sum();
        String what = files.size() + " files with " + events + " events that Core does not have";
        out.println(yes ? "deleted " + what : "would delete " + what + "; say --yes to do it");
        out.flush();
        return (yes ? ExitCode.OK : ExitCode.USAGE).code();
    }
}
