// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.disk.BufferDirectory;
import io.dpiprobe.buffer.disk.StoredFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what is in the disk buffer. */
@Command(
        name = "status",
        description = "Says how many files, bytes and waiting events each lane has on disk.",
        mixinStandardHelpOptions = true)
final class BufferStatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BufferCommand buffer;

    @Override
    public Integer call() throws Exception {
        BufferDirectory directory = buffer.directory();
        List<StoredFile> files = directory.files();
        PrintWriter out = spec.commandLine().getOut();
        out.println(buffer.path() + (directory.isInUse() ? ": in use by a probe" : ": not in use"));
        out.printf("%-8s %8s %16s %16s%n", "lane", "files", "bytes", "events waiting");
        for (Lane lane : Lane.values()) {
            List<StoredFile> own =
                    files.stream().filter(file -> file.lane() == lane).toList();
            long bytes = own.stream().mapToLong(StoredFile::bytes).sum();
            long events = own.stream().mapToLong(StoredFile::waitingEvents).sum();
            out.printf("%-8s %8d %16d %16d%n", lane.label(), own.size(), bytes, events);
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
