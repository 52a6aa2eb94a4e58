// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Makes a network namespace whose only way out is a veth pair that ends in this one, without an address here. */
final class NetworkLab {
    static final String NOBODY = "10.213.77.2";

    private final String namespace = "dpitest" + ProcessHandle.current().pid();
    private final String inner = "dpti" + ProcessHandle.current().pid() % 1_000_000;
    private final String outer = "dpto" + ProcessHandle.current().pid() % 1_000_000;

    /** Skips the test where namespaces cannot be made or libpcap is missing. */
    static NetworkLab open() throws IOException, InterruptedException {
        Assumptions.assumeTrue(LibPcap.isAvailable(), "libpcap is not installed");
        NetworkLab lab = new NetworkLab();
        String refusal = lab.run("ip", "netns", "add", lab.namespace);
        Assumptions.assumeTrue(refusal.isEmpty(), "network namespaces need root and iproute2: " + refusal);
        lab.connect();
        return lab;
    }

    /** The end of the pair that is here. */
    String device() {
        return outer;
    }

    void connect() throws IOException, InterruptedException {
        must("ip", "link", "add", outer, "type", "veth", "peer", "name", inner, "netns", namespace);
        up();
        inside("ip", "link", "set", inner, "up");
        inside("ip", "addr", "add", "10.213.77.1/30", "dev", inner);
        inside("ip", "neigh", "add", NOBODY, "lladdr", "02:00:00:00:00:02", "dev", inner);
    }

    void down() throws IOException, InterruptedException {
        must("ip", "link", "set", outer, "down");
    }

    void up() throws IOException, InterruptedException {
        must("ip", "link", "set", outer, "up");
    }

    void disconnect() throws IOException, InterruptedException {
        must("ip", "link", "del", outer);
    }

    /** Sends datagrams from inside, and returns when they are sent. */
    void send(int port, int count, int payloadBytes) throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + "/bin/java";
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        inside(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                DatagramBurst.class.getName(),
                NOBODY,
                String.valueOf(port),
                String.valueOf(count),
                String.valueOf(payloadBytes));
    }

    void close() throws IOException, InterruptedException {
        run("ip", "link", "del", outer);
        must("ip", "netns", "del", namespace);
    }

    private void inside(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        must(all.toArray(String[]::new));
    }

    private void must(String... command) throws IOException, InterruptedException {
        String output = run(command);
        if (!output.isEmpty()) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** What the program said, or its exit code, if it failed. */
    private String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return code == 0 ? "" : "exit code " + code + " " + output;
    }
}
