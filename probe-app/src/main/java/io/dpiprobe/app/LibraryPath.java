// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells JNA where the libraries of the host are: it would run ldconfig to find out, and the probe runs no programs. */
final class LibraryPath {
    private static final String PROPERTY = "jna.platform.library.path";

    /** What Debian calls directories of an architecture, by what Java calls it. */
    private static final Map<String, String> TRIPLES =
            Map.of("amd64", "x86_64-linux-gnu", "aarch64", "aarch64-linux-gnu");

    private static final List<String> USUAL = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib");

    private LibraryPath() {}

    /** To be called before the first native call; a path that was given on the command line stays. */
    static void set() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, String.join(":", directories(System.getProperty("os.arch", ""))));
        }
    }

    static List<String> directories(String architecture) {
        List<String> directories = new ArrayList<>();
        String triple = TRIPLES.get(architecture);
        if (triple != null) {
            directories.add("/lib/" + triple);
            directories.add("/usr/lib/" + triple);
        }
        directories.addAll(USUAL);
        return directories;
    }
}
