// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A file server and its clients, from Debian's packages samba and smbclient, on the loopback interface. */
final class Samba {
    static final String USER = "root";
    static final String PASSWORD = "correct-Horse7";
    static final String SHARE = "files";

    private static final Path SERVER = Path.of("/usr/sbin/smbd");
    private static final Path CLIENT = Path.of("/usr/bin/smbclient");
    private static final Path RPC_CLIENT = Path.of("/usr/bin/rpcclient");
    private static final Path NAMESPACE = Path.of("/usr/bin/unshare");
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    /** All that a server keeps is in one directory. */
    private static final String CONFIGURATION = """
            [global]
            workgroup = LAB
            server role = standalone server
            server min protocol = NT1
            client min protocol = NT1
            interfaces = lo
            bind interfaces only = yes
            passdb backend = tdbsam:DIR/passdb.tdb
            private dir = DIR
            lock directory = DIR
            state directory = DIR
            cache directory = DIR
            pid directory = DIR
            ncalrpc dir = DIR/ncalrpc
            log file = DIR/log
            disable netbios = yes
            load printers = no
            [files]
            path = DIR/share
            read only = no
            """;

    private final Path dir;
    private final Path configuration;
    private final int port;
    private final Process server;

    private Samba(Path dir) throws Exception {
        this.dir = dir;
        Files.createDirectory(dir.resolve("share"));
        configuration = Files.writeString(dir.resolve("smb.conf"), CONFIGURATION.replace("DIR", dir.toString()));
        run(PASSWORD + "\n" + PASSWORD + "\n", List.of("smbpasswd", "-c", configuration.toString(), "-Las", USER));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // Processes that it starts end with the first one of their namespace, whatever they detach from.
        server = new ProcessBuilder(
                        NAMESPACE.toString(),
                        "--pid",
                        "--fork",
                        "--kill-child=KILL",
                        SERVER.toString(),
                        "--foreground",
                        "-s" + configuration,
                        "-p" + port)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile())
                .start();
    }

    /** Starts one in an empty directory, or skips the test where that is not possible. */
    static Samba start(Path dir) throws Exception {
        for (Path needed : List.of(SERVER, CLIENT, RPC_CLIENT, NAMESPACE)) {
            assumeTrue(Files.isExecutable(needed), needed + " is not installed (Debian: samba, smbclient)");
        }
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can capture and start a server of files");
        Samba samba = new Samba(dir);
        samba.awaitServer();
        return samba;
    }

    int port() {
        return port;
    }

    /** What the share holds. */
    Path share() {
        return dir.resolve("share");
    }

    /**
     * Runs commands of smbclient on the share; the result is its exit code.
     *
     * @param login a user's name, a percent sign, and a password
     */
    int client(String login, String commands, String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                CLIENT.toString(),
                "-s" + configuration,
                "-p" + port,
                "//127.0.0.1/" + SHARE,
                "-U" + login,
                "-c" + commands));
        Collections.addAll(command, flags);
        return run("", command);
    }

    /** Runs commands of rpcclient over named pipes. */
    int rpc(String commands) throws Exception {
        return run(
                "",
                List.of(
                        RPC_CLIENT.toString(),
                        "-s" + configuration,
                        "-p" + port,
                        "127.0.0.1",
                        "-U" + USER + "%" + PASSWORD,
                        "-c" + commands));
    }

    private int run(String input, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(dir.resolve("out").toFile()))
                .start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        assertThat(process.waitFor(DEADLINE_NS, TimeUnit.NANOSECONDS)).isTrue();
        return process.exitValue();
    }

    private void awaitServer() throws IOException {
        long endNs = System.nanoTime() + DEADLINE_NS;
        while (!answers()) {
            assertThat(System.nanoTime())
                    .as(Files.readString(dir.resolve("out")))
                    .isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    void stop() throws Exception {
        server.destroy();
        assertThat(server.waitFor(DEADLINE_NS, TimeUnit.NANOSECONDS)).isTrue();
    }
}
