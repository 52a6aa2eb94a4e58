// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the inputs of every target on disk, a directory each, and what captures can add to them. */
final class Corpus {
    private static final int MAX_FILE_SEED_BYTES = 8 * 1024;

    private final Path directory;

    Corpus(Path directory) {
        this.directory = directory;
    }

    /** Where the inputs of a target are. */
    Path inputs(FuzzTarget target) throws IOException {
        return Files.createDirectories(directory.resolve("inputs").resolve(target.name()));
    }

    /** Where the seeds of a target are. */
    Path seeds(FuzzTarget target) throws IOException {
        return Files.createDirectories(directory.resolve("seeds").resolve(target.name()));
    }

    /** Makes seeds of every capture under a directory; returns how many. */
    int addCaptures(Path captures, List<FuzzTarget> targets) throws IOException {
        int added = 0;
        try (Stream<Path> files = Files.walk(captures)) {
            for (Path file : files.filter(Corpus::isCapture).sorted().toList()) {
                added += addCapture(file, targets);
            }
        }
        return added;
    }

    private static boolean isCapture(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file)
                && (name.endsWith(".pcap") || name.endsWith(".pcapng") || name.endsWith(".cap"));
    }

    private int addCapture(Path file, List<FuzzTarget> targets) throws IOException {
        CaptureSeeds seeds = CaptureSeeds.of(file);
        int added = 0;
        for (FuzzTarget target : targets) {
            if (target.isMeantBy("Conversation")) {
                added += add(target, seeds.conversations());
            } else if (target.isMeantBy("Frames")) {
                added += add(target, seeds.frames());
            } else if (target.isMeantBy("CaptureFiles.survivesAnyFile")) {
                added += add(target, List.of(beginningOf(file)));
            }
        }
        return added;
    }

    private static byte[] beginningOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_FILE_SEED_BYTES);
        }
    }

    private int add(FuzzTarget target, List<byte[]> seeds) throws IOException {
        for (byte[] seed : seeds) {
            Files.write(seeds(target).resolve("capture-" + digest(seed)), seed);
        }
        return seeds.size();
    }

    /** The same seed has the same name, so that it is there once. */
    private static String digest(byte[] seed) {
        return UUID.nameUUIDFromBytes(seed).toString();
    }
}
