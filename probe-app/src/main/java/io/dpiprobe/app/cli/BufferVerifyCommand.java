// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.buffer.disk.BufferDirectory;
import io.dpiprobe.buffer.disk.StoredBlock;
import io.dpiprobe.buffer.disk.StoredFile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks every block of the disk buffer. */
@Command(
        name = "verify",
        description = {
            "Reads every block on disk and checks its checksum and its compression.",
            "",
            "Ends with 1 if anything is damaged."
        },
        mixinStandardHelpOptions = true)
final class BufferVerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BufferCommand buffer;

    @Override
    public Integer call() throws Exception {
        BufferDirectory directory = buffer.directory();
        PrintWriter out = spec.commandLine().getOut();
        Tally total = new Tally();
        for (StoredFile file : directory.files()) {
            Tally tally = new Tally();
            directory.read(file, tally);
            total.add(tally);
            if (tally.damagedEvents > 0) {
                out.println(file.path() + ": " + tally.damagedEvents + " events cannot be read");
            }
        }
        out.println(total.blocks + " blocks with " + total.events + " events are intact, " + total.damagedEvents
                + " events cannot be read");
        out.flush();
        return (total.damagedEvents == 0 ? ExitCode.OK : ExitCode.FAILED).code();
    }

    /** Counts what is whole and what is not. */
    private static final class Tally implements BufferDirectory.Visitor {
        private long blocks;
        private long events;
        private long damagedEvents;

        @Override
        public void onBlock(StoredBlock block) {
            if (block.isIntact() && block.plain() != null) {
                blocks++;
                events += block.header().count();
            } else {
                damagedEvents += block.header().count();
            }
        }

        @Override
        public void onDamage(int lost) {
            damagedEvents += lost;
        }

        void add(Tally other) {
            blocks += other.blocks;
            events += other.events;
            damagedEvents += other.damagedEvents;
        }
    }
}
