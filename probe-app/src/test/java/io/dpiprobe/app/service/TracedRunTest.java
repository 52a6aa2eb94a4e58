// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dpiprobe.app.DpiProbe;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.ReferenceCore;
import io.dpiprobe.app.probe.DnsCapture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run under strace, from start to stop, with the disk buffer in use: what it asks the system for. */
class TracedRunTest {
    private static final int QUERIES = 2000;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern PORT = Pattern.compile("sin6?_port=htons\\((\\d+)\\)");
    private static final Pattern CHANGES = Pattern.compile(
            "O_WRONLY|O_RDWR|O_CREAT|^(mkdir|rmdir|unlink|rename|link|symlink|chmod|chown|fchmodat|fchownat|truncate|mknod"
                    + "|utime|setxattr|removexattr)");

    @TempDir
    private Path dir;

    @Test
    void writesToItsBufferAloneSpeaksToCoreAloneAndStartsNothing() throws Exception {
        assumeTrue(hasStrace(), "strace cannot run here");
        int corePort;
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null))) {
            corePort = core.address().getPort();
            run(core.url());
            assertThat(core.storedEvents()).isGreaterThanOrEqualTo(QUERIES);
        }
        List<String> calls = calls();
        assertThat(calls).contains("+++ exited with 0 +++");
        assertThat(starting(calls, "execve(")).as("the run time itself").hasSize(1);
        assertThat(calls).noneMatch(call -> call.startsWith("fork(") || call.startsWith("vfork("));
        assertThat(calls).filteredOn(call -> call.startsWith("clone")).allMatch(call -> call.contains("CLONE_THREAD"));

        assertThat(calls)
                .filteredOn(call -> CHANGES.matcher(call).find())
                .anyMatch(call -> call.contains("acks"))
                .allMatch(this::isInItsPlace);

        assertThat(starting(calls, "connect("))
                .anyMatch(call -> call.contains("AF_INET"))
                .allMatch(call -> call.contains("/nscd/socket") || port(call) == corePort);
        assertThat(starting(calls, "bind("))
                .filteredOn(call -> call.contains("AF_INET"))
                .as("the management server")
                .hasSize(1)
                .allMatch(call -> call.contains("127.0.0.1"));
        assertThat(starting(calls, "send")).noneMatch(call -> call.contains("AF_INET"));
    }

    /** Native libraries are unpacked into the directory for temporary files; libffi and the JVM look after themselves. */
    private boolean isInItsPlace(String call) {
        Matcher quoted = QUOTED.matcher(call);
        return quoted.results()
                .map(path -> path.group(1))
                .allMatch(path -> path.startsWith(dir + "/buffer")
                        || path.startsWith(dir + "/tmp/")
                        || path.startsWith("/tmp/ffi")
                        || path.equals("/proc/self/coredump_filter")
                        || path.equals("/dev/null"));
    }

    private static int port(String call) {
        Matcher port = PORT.matcher(call);
        return port.find() ? Integer.parseInt(port.group(1)) : -1;
    }

    private static List<String> starting(List<String> calls, String with) {
        return calls.stream().filter(call -> call.startsWith(with)).toList();
    }

    /** Without the numbers of threads. */
    private List<String> calls() throws IOException {
        return Files.readAllLines(dir.resolve("trace")).stream()
                .map(line -> line.replaceFirst("^\\d+ +", ""))
                .toList();
    }

    private void run(String core) throws IOException, InterruptedException {
        Path capture = DnsCapture.write(dir.resolve("dns.pcap"), QUERIES);
        List<String> command = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf"));
        command.addAll(List.of("-e", "trace=%file,%network,%process", "-o", dir.resolve("trace") + ""));
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-native"))
                .forEach(command::add);
        command.addAll(List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + Files.createDirectory(dir.resolve("tmp"))));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DpiProbe.class.getName()));
        command.addAll(List.of("run", "--exit-when-done", "--env-file"));
        command.add(Files.writeString(
                        dir.resolve("settings.env"),
                        "CAPTURE_FILE=%s\nCORE_API_URL=%s\nBUFFER_DIR=%s\nBUFFER_DURABILITY=all\nMAX_BUFFER_SIZE_MB=8\nMANAGEMENT_ADDRESS=127.0.0.1:0\n"
                                .formatted(capture, core, dir.resolve("buffer")))
                .toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(Files.createDirectory(dir.resolve("cwd")).toFile());
        builder.environment()
                .put("HOME", Files.createDirectory(dir.resolve("home")).toString());
        builder.redirectOutput(dir.resolve("log").toFile());
        Process probe = builder.start();
        try {
            assertThat(probe.waitFor()).as(Files.readString(dir.resolve("log"))).isZero();
        } finally {
            probe.destroyForcibly();
        }
        assertThat(dir.resolve("home")).isEmptyDirectory();
        assertThat(dir.resolve("cwd")).isEmptyDirectory();
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
