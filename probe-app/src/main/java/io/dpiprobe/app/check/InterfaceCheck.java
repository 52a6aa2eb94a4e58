// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import io.dpiprobe.app.check.Ethtool.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Looks at an interface: whether it is up, what it does to packets before they are captured, how many it can hold. */
final class InterfaceCheck {
    private static final String SUBJECT = "interface";
    private static final int IFF_UP = 1;
    private static final int IFF_PROMISC = 0x100;
    /** Less is full within a tenth of a millisecond at 10 Gbit/s; drivers often begin with it though they can do more. */
    private static final int SMALL_RING = 1024;

    private final Path interfaces;
    private final Function<String, State> driver;

    /** Takes the directory in which the kernel lists interfaces, and what asks the driver of one. */
    InterfaceCheck(Path interfaces, Function<String, State> driver) {
        this.interfaces = interfaces;
        this.driver = driver;
    }

    List<Finding> run(String name, boolean promiscuous) {
        if (name.equals("any")) {
            return List.of(Finding.warning(
                    SUBJECT,
                    "any is not promiscuous: only packets of this host are seen",
                    "name the interfaces, unless this host's own traffic is what you want"));
        }
        if (!Files.isDirectory(interfaces)) {
            return List.of(Finding.warning(
                    SUBJECT,
                    name + " cannot be looked at: there is no " + interfaces,
                    "see whether capture can be opened"));
        }
        Path directory = interfaces.resolve(name);
        if (!Files.isDirectory(directory)) {
            return List.of(Finding.error(
                    SUBJECT, "there is no " + name, "choose one of those that dpi-probe interfaces lists"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            int flags = Integer.decode(text(directory.resolve("flags")));
            findings.add(state(name, flags, text(directory.resolve("operstate"))));
            findings.add(promiscuous(name, flags, promiscuous));
        } catch (IOException | NumberFormatException e) {
            findings.add(
                    Finding.warning(SUBJECT, name + " cannot be looked at: " + e.getMessage(), "see whether it is up"));
        }
        State state = driver.apply(name);
        findings.add(offloads(name, state));
        findings.add(ring(name, state));
        return findings;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static Finding state(String name, int flags, String operation) {
        if ((flags & IFF_UP) == 0) {
            return Finding.error(SUBJECT, name + " is down", "bring it up: ip link set " + name + " up");
        }
        if (operation.equals("down") || operation.equals("lowerlayerdown")) {
            return Finding.warning(SUBJECT, name + " is up but has no link", "look at its cable, or at the SPAN port");
        }
        return Finding.ok(SUBJECT, name + " is up");
    }

    private static Finding promiscuous(String name, int flags, boolean wanted) {
        if (wanted) {
            return Finding.ok(SUBJECT, name + " will be promiscuous while it is captured from");
        }
        return (flags & IFF_PROMISC) != 0
                ? Finding.ok(SUBJECT, name + " is promiscuous")
                : Finding.warning(
                        SUBJECT,
                        name + " is not promiscuous: only packets of this host are seen",
                        "for a SPAN port or TAP set CAPTURE_PROMISCUOUS=true");
    }

    /** Joined packets have other lengths, times and counts than those on the wire. */
    private static Finding offloads(String name, State state) {
        if (state.lro() == 1) {
            return Finding.warning(
                    SUBJECT,
                    name + " joins packets in the card (LRO): sizes and times are not those of the wire",
                    "ethtool -K " + name + " lro off");
        }
        if (state.gro() == 1) {
            return Finding.warning(
                    SUBJECT,
                    name + " joins packets before they are captured (GRO): sizes and times are not those of the wire",
                    "if packet counts matter: ethtool -K " + name + " gro off");
        }
        boolean known = state.lro() == 0 || state.gro() == 0;
        return Finding.ok(SUBJECT, name + (known ? " hands over packets as they come" : " does not tell of offloads"));
    }

    private static Finding ring(String name, State state) {
        if (state.ring() > 0 && state.ring() < SMALL_RING && state.ring() < state.ringMost()) {
            return Finding.warning(
                    SUBJECT,
                    "%s can hold %d packets, and could hold %d".formatted(name, state.ring(), state.ringMost()),
                    "ethtool -G " + name + " rx " + state.ringMost());
        }
        return Finding.ok(
                SUBJECT,
                state.ring() > 0
                        ? "%s can hold %d packets".formatted(name, state.ring())
                        : name + " does not tell how many packets it can hold");
    }
}
