// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.transport.Transport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Lists the classes of the four modules, from their jars or, in a build, their directories. */
final class OwnClasses {
    private static final List<Class<?>> ONE_OF_EACH_MODULE =
            List.of(Bound.class, Protocols.class, Transport.class, OwnClasses.class);
    private static final String OURS = "io/dpiprobe/";
    private static final String SUFFIX = ".class";

    private OwnClasses() {}

    /** Their names, sorted. */
    static List<String> names() {
        Set<String> names = new TreeSet<>();
        try {
            for (Class<?> module : ONE_OF_EACH_MODULE) {
                Path place = Path.of(module.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                names.addAll(Files.isDirectory(place) ? inDirectory(place) : inJar(place));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(names);
    }

    private static Collection<String> inDirectory(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(OwnClasses::isOurs)
                    .map(OwnClasses::className)
                    .toList();
        }
    }

    private static Collection<String> inJar(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(OwnClasses::isOurs)
                    .map(OwnClasses::className)
                    .toList();
        }
    }

    private static boolean isOurs(String path) {
        return path.startsWith(OURS) && path.endsWith(SUFFIX) && !path.endsWith("-info" + SUFFIX);
    }

    private static String className(String path) {
        return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    }
}
