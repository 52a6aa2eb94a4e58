// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether the process may open packet sockets (capabilities(7)). */
final class Rights {
    private static final int CAP_NET_RAW = 13;
    private static final String EFFECTIVE = "CapEff:";
    private static final int HEXADECIMAL = 16;

    private Rights() {}

    /** Takes the file in which the kernel tells about the process. */
    static Finding check(Path status) {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(EFFECTIVE)) {
                    String mask = line.substring(EFFECTIVE.length()).strip();
                    return finding((Long.parseUnsignedLong(mask, HEXADECIMAL) >> CAP_NET_RAW & 1) == 1);
                }
            }
            return unknown(status + " does not tell");
        } catch (IOException | NumberFormatException e) {
            return unknown(String.valueOf(e.getMessage()));
        }
    }

    private static Finding finding(boolean mayCapture) {
        return mayCapture
                ? Finding.ok("rights", "this process has CAP_NET_RAW")
                : Finding.error(
                        "rights",
                        "this process lacks CAP_NET_RAW",
                        "run it as root, or as a service with AmbientCapabilities=CAP_NET_RAW; in a container with"
                                + " --cap-add NET_RAW");
    }

    private static Finding unknown(String why) {
        return Finding.warning("rights", "capabilities cannot be read: " + why, "see whether capture can be opened");
    }
}
