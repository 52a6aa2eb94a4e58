// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.DiskOperations;
import io.dpiprobe.buffer.disk.FileSystemOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notes what each force makes durable, and builds directories that a loss of power could leave.
 *
 * <p>Of a file, the pages of the last force are there; of later writes any subset of pages, and pages of which only some
 * sectors were written. Of a directory, the names of its last force are there; of later changes any subset.
 */
final class PowerLoss implements DiskOperations {
    private static final int PAGE = 4096;
    private static final int SECTOR = 512;
    private static final byte[] NOTHING = {};

    private final DiskOperations real = new FileSystemOperations();
    private final Path root;

    /** Files by what the file system knows them by, whatever their names. */
    private final Map<Object, byte[]> durable = new HashMap<>();

    private final Map<Object, byte[]> lastSeen = new HashMap<>();
    private final Map<Path, Map<String, Object>> durableNames = new HashMap<>();

    PowerLoss(Path root) {
        this.root = root;
    }

    @Override
    public void allocate(Path file, long bytes) throws IOException {
        real.allocate(file, bytes);
    }

    @Override
    public void force(FileChannel channel, Path file) throws IOException {
        real.force(channel, file);
        Path named = Files.exists(file) ? file : null;
        if (named != null) {
            durable.put(keyOf(named), Files.readAllBytes(named));
        }
    }

    @Override
    public void forceDirectory(Path dir) throws IOException {
        real.forceDirectory(dir);
        durableNames.put(dir, names(dir));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.exists(file)) {
            lastSeen.put(keyOf(file), Files.readAllBytes(file));
        }
        real.delete(file);
    }

    /** Builds one of the directories that a loss of power at this moment could leave. */
    void build(Path target, Random random) throws IOException {
        Files.createDirectories(target);
        double written = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            default -> random.nextDouble();
        };
        for (Path dir : directories()) {
            Path copy = target.resolve(root.relativize(dir).toString());
            Files.createDirectories(copy);
            for (Map.Entry<String, Object> entry :
                    surviving(dir, written, random).entrySet()) {
                Files.write(copy.resolve(entry.getKey()), content(dir, entry.getValue(), written, random));
            }
        }
    }

    private Set<Path> directories() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return new TreeSet<>(all.filter(Files::isDirectory).toList());
        }
    }

    /** Which names are there: each change since the last force is, or is not. A renamed file has one of its names. */
    private Map<String, Object> surviving(Path dir, double written, Random random) throws IOException {
        Map<String, Object> before = durableNames.getOrDefault(dir, Map.of());
        Map<String, Object> now = names(dir);
        Map<String, Object> surviving = new TreeMap<>();
        Set<Object> placed = new HashSet<>();
        Set<Object> keys = new HashSet<>(before.values());
        keys.addAll(now.values());
        for (Object key : keys) {
            boolean newer = random.nextDouble() < written;
            String name = newer ? nameOf(now, key) : nameOf(before, key);
            if (name != null && placed.add(key)) {
                surviving.put(name, key);
            }
        }
        return surviving;
    }

    private static @Nullable String nameOf(Map<String, Object> names, Object key) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private byte[] content(Path dir, Object key, double written, Random random) throws IOException {
        byte[] old = durable.getOrDefault(key, NOTHING);
        String name = nameOf(names(dir), key);
        byte[] current = name == null ? lastSeen.getOrDefault(key, old) : Files.readAllBytes(dir.resolve(name));
        boolean newLength = old.length == 0 || random.nextDouble() < written;
        byte[] result = Arrays.copyOf(old, newLength ? current.length : old.length);
        for (int at = 0; at < result.length; at += PAGE) {
            if (random.nextDouble() < written) {
                boolean torn = random.nextInt(8) == 0;
                for (int sector = at; sector < Math.min(result.length, at + PAGE); sector += SECTOR) {
                    int length = Math.min(SECTOR, Math.min(result.length, current.length) - sector);
                    if (length > 0 && (!torn || random.nextBoolean())) {
                        System.arraycopy(current, sector, result, sector, length);
                    }
                }
            }
        }
        return result;
    }

    private static Map<String, Object> names(Path dir) throws IOException {
        Map<String, Object> names = new TreeMap<>();
        try (Stream<Path> entries = Files.list(dir)) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                names.put(entry.getFileName().toString(), keyOf(entry));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return names;
    }

    private static Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
