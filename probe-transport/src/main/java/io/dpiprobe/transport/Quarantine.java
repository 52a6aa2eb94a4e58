// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps events that Core refuses for good in a file of limited size: one line each, with the reason. */
final class Quarantine {
    static final String FILE = "quarantine.ndjson";

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Path dir;
    private final long maxBytes;
    private boolean troubleLogged;

    Quarantine(Path dir, long maxBytes) {
        this.dir = dir;
        this.maxBytes = maxBytes;
    }

    /** Returns false if there is no room, or the disk refuses. */
    boolean keep(byte[] line, String reason) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream(line.length + 64);
        entry.writeBytes(("{\"reason\":\"" + safe(reason) + "\",\"event\":").getBytes(StandardCharsets.US_ASCII));
        entry.write(line, 0, line.length - 1);
        entry.writeBytes("}\n".getBytes(StandardCharsets.US_ASCII));
        Path file = dir.resolve(FILE);
        try {
            Files.createDirectories(dir);
            long size = Files.exists(file) ? Files.size(file) : 0;
            if (size + entry.size() > maxBytes) {
                return refused("the quarantine file " + file + " is full", null);
            }
            Files.write(file, entry.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            return refused("the quarantine file " + file + " cannot be written", e);
        }
    }

    /** Reasons come from Core. */
    private static String safe(String reason) {
        return reason.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private boolean refused(String what, @Nullable IOException cause) {
        if (!troubleLogged) {
            troubleLogged = true;
            LOG.error("quarantine_refused: {}; events that Core refuses are given up and counted", what, cause);
        }
        return false;
    }
}
