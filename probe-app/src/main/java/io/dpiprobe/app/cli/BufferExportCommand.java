// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.disk.BufferDirectory;
import io.dpiprobe.buffer.disk.StoredBlock;
import io.dpiprobe.buffer.disk.StoredFile;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the events of the disk buffer out. */
@Command(
        name = "export",
        description = {
            "Writes the events on disk as NDJSON, oldest first in each lane; also from a damaged directory.",
            "",
            "Ends with 1 if events could not be read: how many is said on standard error."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BufferExportCommand implements Callable<Integer> {
    private static final int OUTPUT_BYTES = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BufferCommand buffer;

    @Option(names = "--lane", paramLabel = "LANE", description = "Only this lane: high, normal, low.")
    private @Nullable Lane lane;

    @Option(names = "--all", description = "Also events that Core has acknowledged, as far as they are still there.")
    private boolean all;

    @Option(names = "--output", paramLabel = "FILE", description = "Write here instead of standard output; a new file.")
    private @Nullable Path output;

    @Override
    public Integer call() throws Exception {
        BufferDirectory directory = buffer.directory();
        long missing = 0;
        try (OutputStream out = new BufferedOutputStream(open(), OUTPUT_BYTES)) {
            for (StoredFile file : directory.files()) {
                if (lane == null || file.lane() == lane) {
                    Export export = new Export(file, all ? 0 : file.ackedBlocks(), out);
                    directory.read(file, export);
                    missing += export.missing;
                }
            }
        }
        if (missing == 0) {
            return ExitCode.OK.code();
        }
        spec.commandLine().getErr().println("dpi-probe: " + missing + " events are damaged and were left out");
        spec.commandLine().getErr().flush();
        return ExitCode.FAILED.code();
    }

    private OutputStream open() throws IOException {
        return output == null
                ? new FileOutputStream(FileDescriptor.out)
                : Files.newOutputStream(output, StandardOpenOption.CREATE_NEW);
    }

    /** Writes the blocks of one file that are wanted. */
    private static final class Export implements BufferDirectory.Visitor {
        private final StoredFile file;
        private final int firstBlock;
        private final OutputStream out;
        private long missing;

        Export(StoredFile file, int firstBlock, OutputStream out) {
            this.file = file;
            this.firstBlock = firstBlock;
            this.out = out;
        }

        @Override
        public void onBlock(StoredBlock block) throws IOException {
            if (block.header().ordinal() < firstBlock) {
                return;
            }
            byte[] events = block.isIntact() ? block.plain() : null;
            if (events == null) {
                missing += block.header().count();
            } else {
                out.write(events);
            }
        }

        /** What is missing may be among what Core has: then it is not missed. */
        @Override
        public void onDamage(int events) {
            missing += firstBlock == 0 ? events : Math.min(events, file.waitingEvents());
        }
    }
}
