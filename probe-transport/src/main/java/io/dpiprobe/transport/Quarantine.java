// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps events that Core refuses for good in a file of limited size: one line each, with the reason. */
final class Quarantine {
    static final String FILE = "quarantine.ndjson";

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** An event as it went on the wire, with its line feed, and why Core refuses it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] event, String reason) {}

    private final Path dir;
    private final long maxBytes;
    private final TransportStatistics statistics;
    private boolean troubleLogged;

    Quarantine(Path dir, long maxBytes, TransportStatistics statistics) {
        this.dir = dir;
        this.maxBytes = maxBytes;
        this.statistics = statistics;
    }

    /**
     * Keeps as many of these as there is room for, and forces them to the disk: the buffer forgets them next.
     *
     * @return how many are kept
     */
    int keep(List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        Path file = dir.resolve(FILE);
        try {
            Files.createDirectories(dir);
            return append(file, entries);
        } catch (IOException e) {
            refused("the quarantine file " + file + " cannot be written", e);
            return 0;
        }
    }

    private int append(Path file, List<Entry> entries) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            long room = maxBytes - out.size();
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            List<Entry> kept = new ArrayList<>();
            for (Entry entry : entries) {
                byte[] line = line(entry);
                if (lines.size() + line.length <= room) {
                    lines.writeBytes(line);
                    kept.add(entry);
                } else {
                    refused("the quarantine file " + file + " is full", null);
                }
            }
            write(out, ByteBuffer.wrap(lines.toByteArray()));
            kept.forEach(entry -> statistics.onQuarantined(entry.reason()));
            return kept.size();
        }
    }

    private static void write(FileChannel out, ByteBuffer lines) throws IOException {
        while (lines.hasRemaining()) {
            out.write(lines);
        }
        out.force(false);
    }

    private static byte[] line(Entry entry) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(entry.event().length + 64);
        line.writeBytes(
                ("{\"reason\":\"" + safe(entry.reason()) + "\",\"event\":").getBytes(StandardCharsets.US_ASCII));
        line.write(entry.event(), 0, entry.event().length - 1);
        line.writeBytes("}\n".getBytes(StandardCharsets.US_ASCII));
        return line.toByteArray();
    }

    /** Reasons come from Core. */
    private static String safe(String reason) {
        return reason.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private void refused(String what, @Nullable IOException cause) {
        if (!troubleLogged) {
            troubleLogged = true;
            LOG.error("quarantine_refused: {}; events that Core refuses are given up and counted", what, cause);
        }
    }
}
