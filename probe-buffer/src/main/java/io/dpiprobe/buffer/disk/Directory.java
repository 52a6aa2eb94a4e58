// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names durable: a new, renamed or deleted file is so on disk only after its directory was forced. */
final class Directory {
    private Directory() {}

    static void force(Path dir) throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
