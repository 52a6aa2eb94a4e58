// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a buffer directory to one process, and remembers which run had it: its file holds the name of the run, and is
 * empty again once the run has ended as it should.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final int EPOCH_LENGTH = 8;

    private final FileChannel channel;
    private final String killedRun;

    private DirectoryLock(FileChannel channel, String killedRun) {
        this.channel = channel;
        this.killedRun = killedRun;
    }

    /**
     * Takes a directory, which is made if it is not there.
     *
     * @param epoch the name of the run: 8 hex digits
     * @throws IOException if another process has it or the directory cannot be used; the message says what to do
     */
    public static DirectoryLock take(Path dir, String epoch) throws IOException {
        try {
            Files.createDirectories(dir);
            return lock(dir, epoch);
        } catch (AccessDeniedException e) {
            throw e; // says enough
        } catch (FileSystemException e) {
            String reason = e.getReason() != null ? e.getReason() : "something else is in its place";
            throw new FileSystemException(
                    dir.toString(),
                    null,
                    "cannot hold the buffer (" + reason
                            + "); set BUFFER_DIR to a directory that the probe may write to");
        }
    }

    private static DirectoryLock lock(Path dir, String epoch) throws IOException {
        FileChannel channel = FileChannel.open(
                dir.resolve(BufferDirectory.LOCK),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                String killedRun = readEpoch(channel);
                write(channel, epoch);
                return new DirectoryLock(channel, killedRun);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked by this process", e);
        }
        channel.close();
        throw new IOException("buffer directory " + dir + " is in use by another process");
    }

    private static String readEpoch(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(EPOCH_LENGTH);
        int read = 0;
        while (text.hasRemaining() && read >= 0) {
            read = channel.read(text, text.position());
        }
        return text.hasRemaining()
                ? ""
                : StandardCharsets.ISO_8859_1.decode(text.flip()).toString();
    }

    /** On a full disk the name cannot be kept: that of the run before stays, or none. */
    private static void write(FileChannel channel, String epoch) {
        try {
            channel.write(ByteBuffer.wrap(epoch.getBytes(StandardCharsets.ISO_8859_1)), 0);
        } catch (IOException e) {
            LOG.debug("the name of the run is not kept", e);
        }
    }

    /** The run that had the directory last and was killed; empty if none was. */
    public String killedRun() {
        return killedRun;
    }

    /** Lets go of the directory: the run has ended as it should. */
    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
    }
}
