// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk log under the buffer is known to print, to write to the home directory and to call home: not here. */
class QuietTest {
    @TempDir
    private Path temp;

    @Test
    void printsNothingAndWritesNowhereElse() throws Exception {
        run(List.of());
        // The tests have no logging back end, and the logging library says so.
        assertThat(Files.readAllLines(temp.resolve("output"))).allMatch(line -> line.startsWith("SLF4J(W)"));
        assertThat(filesIn(temp.resolve("home"))).isEmpty();
        assertThat(filesIn(temp.resolve("cwd"))).isEmpty();
    }

    @Test
    void speaksToNoNetwork() throws Exception {
        assumeTrue(hasStrace(), "strace cannot run here");
        Path trace = temp.resolve("trace");
        String calls = "trace=connect,bind,listen,sendto,sendmsg,sendmmsg";
        run(List.of("strace", "-f", "--seccomp-bpf", "-e", calls, "-o", trace.toString()));
        List<String> made = Files.readAllLines(trace);
        assertThat(made).anyMatch(call -> call.contains("exited with 0"));
        // The JDK makes sockets to find out whether there is IPv6, and the C library asks a local name cache.
        assertThat(made).noneMatch(call -> call.contains("AF_INET"));
    }

    private void run(List<String> prefix) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(SpillChild.command(
                temp,
                temp.resolve("buffer").toString(),
                temp.resolve("progress").toString(),
                "0000aaaa",
                "300"));
        Process child = new ProcessBuilder(command)
                .directory(Files.createDirectories(temp.resolve("cwd")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("output").toFile())
                .start();
        try {
            assertThat(child.waitFor())
                    .as(Files.readString(temp.resolve("output")))
                    .isZero();
        } finally {
            child.destroyForcibly();
        }
        assertThat(SpillChild.onDisk(temp.resolve("progress"))).isEqualTo(30_000);
    }

    private static List<Path> filesIn(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.toList();
        }
    }

    private static boolean hasStrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
