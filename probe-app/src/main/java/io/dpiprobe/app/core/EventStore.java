// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stores each event once, in the order of arrival. */
final class EventStore implements AutoCloseable {
    private final SeenEvents seen = new SeenEvents();
    private final Consumer<String> listener;
    private @Nullable OutputStream out;
    private boolean broken;
    private long stored;
    private long duplicates;

    EventStore(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Opens a file, learns what it holds, and cuts off a last line that a crash left unfinished. */
    static EventStore open(@Nullable Path file, Consumer<String> listener) throws IOException {
        EventStore store = new EventStore(listener);
        if (file != null) {
            if (Files.exists(file)) {
                store.learn(file);
            }
            store.out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return store;
    }

    private void learn(Path file) throws IOException {
        long complete = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    complete += line.size() + 1;
                    learnLine(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(complete);
        }
    }

    private void learnLine(String line) {
        Identity identity = Identity.of(line);
        if (identity != null && seen.add(identity)) {
            stored++;
        }
    }

    /** Stores those of the events that are new, and returns how many those are. */
    synchronized int add(List<Event> events) throws IOException {
        if (broken) {
            throw new IOException("an earlier write failed: what is in the store is not known");
        }
        broken = true;
        ByteArrayOutputStream fresh = new ByteArrayOutputStream();
        int added = 0;
        for (Event event : events) {
            if (seen.add(event.identity())) {
                added++;
                fresh.writeBytes(event.json().getBytes(StandardCharsets.UTF_8));
                fresh.write('\n');
                listener.accept(event.json());
            }
        }
        if (out != null) {
            fresh.writeTo(out);
        }
        broken = false;
        stored += added;
        duplicates += events.size() - added;
        return added;
    }

    /** One event with its name. */
    record Event(Identity identity, String json) {}

    synchronized long stored() {
        return stored;
    }

    synchronized long duplicates() {
        return duplicates;
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
