// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySocketTest {
    @TempDir
    private Path dir;

    @Test
    void reachesASocketInTheFileSystem() throws Exception {
        String name = dir.resolve("notify").toString();
        try (ServiceSocket manager = ServiceSocket.bind(name);
                NotifySocket socket = NotifySocket.open(name)) {
            socket.accept("READY=1\nSTATUS=grün");

            assertThat(manager.receive(1000)).isEqualTo("READY=1\nSTATUS=grün");
        }
    }

    @Test
    void reachesAnAbstractSocket() throws Exception {
        String name = "@dpi-probe-test-" + ProcessHandle.current().pid();
        try (ServiceSocket manager = ServiceSocket.bind(name);
                NotifySocket socket = NotifySocket.open(name)) {
            socket.accept("WATCHDOG=1");

            assertThat(manager.receive(1000)).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void goesOnWithoutAnybodyWhoListens() throws Exception {
        try (NotifySocket socket = NotifySocket.open(dir.resolve("nobody").toString())) {
            socket.accept("WATCHDOG=1");
            try (ServiceSocket manager =
                    ServiceSocket.bind(dir.resolve("nobody").toString())) {
                socket.accept("WATCHDOG=1");

                assertThat(manager.receive(1000)).isEqualTo("WATCHDOG=1");
            }
        }
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> NotifySocket.open("relative")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NotifySocket.open("@")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NotifySocket.open("/" + "x".repeat(107))).isInstanceOf(IOException.class);
    }
}
