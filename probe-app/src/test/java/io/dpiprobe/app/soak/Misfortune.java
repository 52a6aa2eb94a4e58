// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.soak;

import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.Fault;
import io.dpiprobe.app.core.ReferenceCore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Owns Core and the disk's good health, and takes both away at random. */
final class Misfortune implements AutoCloseable {
    private static final String[] FAULTS = {
        "429", "429,retry-after=1", "503", "500", "hang", "close", "header", "body", "413"
    };

    private final Random random;
    private final Path buffer;
    private ReferenceCore core;
    private final InetSocketAddress address;
    private int faults;
    private int restarts;
    private int damagedFiles;

    Misfortune(long seed, Path buffer) throws IOException {
        this.random = new Random(seed);
        this.buffer = buffer;
        this.core = ReferenceCore.open(CoreConfig.local(null));
        this.address = core.address();
    }

    String url() {
        return core.url();
    }

    /** Something goes wrong, for a few seconds at most. */
    void strike() throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> restartCore();
            case 1 -> damageFile();
            default -> {
                Fault fault = Fault.parse(FAULTS[random.nextInt(FAULTS.length)]);
                core.inject(fault.withLasts(Duration.ofMillis(random.nextInt(200, 4000))));
                faults++;
            }
        }
    }

    private void restartCore() throws IOException {
        core.close();
        core = ReferenceCore.open(CoreConfig.local(null).withListen(address));
        restarts++;
    }

    /** Bits flip in a finished file of the disk buffer, if there is one. */
    private void damageFile() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(buffer)) {
            files = all.filter(path -> path.toString().endsWith(".blocks")).toList();
        } catch (java.io.UncheckedIOException e) {
            return; // one went while they were listed
        }
        if (!files.isEmpty()) {
            try (RandomAccessFile file =
                    new RandomAccessFile(files.get(random.nextInt(files.size())).toFile(), "rw")) {
                if (file.length() > 0) {
                    file.seek(random.nextLong(file.length()));
                    file.write(random.nextInt(256));
                    damagedFiles++;
                }
            } catch (NoSuchFileException | java.io.FileNotFoundException e) {
                return; // it was spent meanwhile
            }
        }
    }

    /** Everything works from now on. */
    void relent() {
        core.clearFaults();
    }

    String summary() {
        return "%d faults of Core, %d restarts of Core, %d damaged files".formatted(faults, restarts, damagedFiles);
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
