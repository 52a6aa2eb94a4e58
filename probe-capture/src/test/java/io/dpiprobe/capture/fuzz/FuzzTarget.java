// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names one method that a fuzzer can drive.
 *
 * @param className its class
 * @param method its name
 */
record FuzzTarget(String className, String method) {
    private static final String SUFFIX = "FuzzTest";

    /** The targets of every directory of compiled tests on a class path, in the order of their names. */
    static List<FuzzTarget> onClassPath(String classPath) throws IOException {
        List<FuzzTarget> found = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path directory = Path.of(entry);
            if (Files.isDirectory(directory)) {
                addTargetsOf(directory, found);
            }
        }
        // A directory may be on the path twice.
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(FuzzTarget::name))
                .toList();
    }

    private static void addTargetsOf(Path directory, List<FuzzTarget> found) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX + ".class"))
                    .toList()) {
                String path = directory.relativize(file).toString();
                addTargetsOf(
                        path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.'), found);
            }
        }
    }

    private static void addTargetsOf(String className, List<FuzzTarget> found) {
        try {
            for (Method method : Class.forName(className).getDeclaredMethods()) {
                if (method.isAnnotationPresent(FuzzTest.class)) {
                    found.add(new FuzzTarget(className, method.getName()));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no class " + className + " in the file of its name", e);
        }
    }

    /** What a person calls it: {@code Ssh.survivesAnyInput}. */
    String name() {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return simple.substring(0, simple.length() - SUFFIX.length()) + "." + method;
    }

    /** Whether a person means it by a word: its name or the part before the point, in any case. */
    boolean isMeantBy(String word) {
        String name = name().toLowerCase(Locale.ROOT);
        String asked = word.toLowerCase(Locale.ROOT);
        return name.equals(asked) || name.startsWith(asked + ".");
    }
}
