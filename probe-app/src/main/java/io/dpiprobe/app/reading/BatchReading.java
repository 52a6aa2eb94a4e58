// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Reads many capture files, each as a run of its own that begins with nothing, on all cores. */
public final class BatchReading {
    private final ReadOptions options;
    private final Path baseDir;
    private final Path outputDir;

    public BatchReading(ReadOptions options, Path baseDir, Path outputDir) {
        this.options = options;
        this.baseDir = baseDir;
        this.outputDir = outputDir;
    }

    /**
     * Writes the events of each file to {@code <output dir>/<file as listed>/eve.json}.
     *
     * @param onFailure is told of each file that could not be read to its end, in the order of the list
     * @return how many those were
     */
    public int read(List<String> files, BiConsumer<String, Exception> onFailure) throws InterruptedException {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<?>> results = new ArrayList<>();
        for (String file : files) {
            results.add(workers.submit(() -> {
                readOne(file);
                return null;
            }));
        }
        workers.shutdown();
        int failures = 0;
        for (int i = 0; i < files.size(); i++) {
            try {
                results.get(i).get();
            } catch (ExecutionException e) {
                failures++;
                onFailure.accept(files.get(i), causeOf(e));
            }
        }
        return failures;
    }

    private void readOne(String file) throws IOException {
        Path events = outputDir.resolve(file).resolve("eve.json");
        Files.createDirectories(events.getParent());
        try (OutputStream out = Files.newOutputStream(events)) {
            new FileReading(options, Progress.silent()).read(List.of(baseDir.resolve(file)), out);
        }
    }

    private static Exception causeOf(ExecutionException e) {
        return e.getCause() instanceof Exception cause ? cause : e;
    }
}
