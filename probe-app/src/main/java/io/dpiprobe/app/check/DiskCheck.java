// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Looks at the place of the disk buffer: whether it can be written, has room, and lasts. */
final class DiskCheck {
    private static final String SUBJECT = "disk";
    private static final int MIB_BITS = 20;
    /** Kinds of file systems that do not do what a buffer is for, by the beginning of their names, and why. */
    private static final Map<String, String> UNFIT = Map.of(
            "tmpfs", "it is memory, and empty after a restart of the host",
            "ramfs", "it is memory, and empty after a restart of the host",
            "overlay", "it is the layer of a container, and gone with it",
            "nfs", "it is on the network, and hangs or fails with it",
            "cifs", "it is on the network, and hangs or fails with it",
            "smb", "it is on the network, and hangs or fails with it",
            "9p", "it is on the network, and hangs or fails with it",
            "fuse", "what a program serves may neither be forced to disk nor mapped");

    private DiskCheck() {}

    /** Finds the file system that a path is on. */
    interface Stores {
        FileStore of(Path existing) throws IOException;
    }

    static List<Finding> run(Path directory, long budgetBytes, Stores stores) {
        Path existing = directory;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return List.of(Finding.error(
                    SUBJECT,
                    "cannot write to " + existing,
                    "set BUFFER_DIR to a directory of this user, or change the owner"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(room(directory, existing.toFile().getUsableSpace() + used(directory), budgetBytes));
        } catch (IOException | UncheckedIOException e) {
            findings.add(Finding.error(
                    SUBJECT, "cannot look at " + directory + ": " + e.getMessage(), "look at BUFFER_DIR"));
        }
        findings.add(kind(directory, existing, stores));
        return findings;
    }

    /** In some containers and chroots the place is there, and what it is mounted from is not in sight. */
    private static Finding kind(Path directory, Path existing, Stores stores) {
        try {
            return kind(directory, stores.of(existing).type());
        } catch (IOException e) {
            return Finding.warning(
                    SUBJECT,
                    "the file system of %s cannot be seen: %s".formatted(directory, e.getMessage()),
                    "make sure that it is a local disk; the probe runs all the same");
        }
    }

    /** What the buffer of an earlier run takes is part of the budget. */
    private static long used(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    static Finding room(Path directory, long freeBytes, long budgetBytes) {
        String text = "%s has %d MiB for the buffer, MAX_DISK_BUFFER_MB is %d"
                .formatted(directory, freeBytes >> MIB_BITS, budgetBytes >> MIB_BITS);
        return freeBytes >= budgetBytes
                ? Finding.ok(SUBJECT, text)
                : Finding.warning(SUBJECT, text, "free some space, or lower MAX_DISK_BUFFER_MB");
    }

    static Finding kind(Path directory, String type) {
        String name = type.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> each : UNFIT.entrySet()) {
            if (name.startsWith(each.getKey())) {
                return Finding.warning(
                        SUBJECT,
                        "%s is on a file system of kind %s: %s".formatted(directory, type, each.getValue()),
                        "set BUFFER_DIR to a directory on a local disk; in a container, mount one");
            }
        }
        return Finding.ok(SUBJECT, directory + " is on a file system of kind " + type);
    }
}
