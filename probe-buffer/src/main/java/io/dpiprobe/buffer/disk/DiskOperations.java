// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Does what reserves room and makes files and names durable: apart, so that tests can watch it and make it fail. */
public interface DiskOperations {
    /** Creates a file of this many bytes, all of them reserved; leaves nothing behind when it cannot. */
    void allocate(Path file, long bytes) throws IOException;

    /** Makes the content of a file durable. */
    void force(FileChannel channel, Path file) throws IOException;

    /** Makes names durable: a new, renamed or deleted file is so on disk only after this. */
    void forceDirectory(Path dir) throws IOException;

    /** Gives a file another name in the same directory. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, which need not be there. */
    void delete(Path file) throws IOException;
}
