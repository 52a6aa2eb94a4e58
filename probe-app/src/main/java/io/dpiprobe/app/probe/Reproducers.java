// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.RawPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves packets at which a dissector fails as capture files that only their owner may read, few and small. Called by
 * capture workers, which never wait for the disk: a thread that is there only meanwhile writes.
 */
final class Reproducers implements PacketHandler, AutoCloseable {
    @Bound(
            of = "files in REPRODUCER_DIR, those of earlier runs too",
            then = "no more are saved",
            seen = "log code reproducer_refused")
    static final int MAX_FILES = 20;

    @Bound(
            of = "bytes saved of a packet",
            then = "it is cut",
            seen = "the original length in the file",
            unit = Bound.Unit.BYTES)
    static final int MAX_PACKET_BYTES = 64 << 10;

    /** Failures come singly; of a flood of one kind the first are enough. */
    private static final int WAITING = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Reproducers.class);
    private static final String SUFFIX = ".pcap";
    private static final int HEAD_BYTES = 24 + 16;
    private static final long NS_PER_S = 1_000_000_000L;

    private final @Nullable Path dir;
    private final AtomicLong saved = new AtomicLong();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Reproducers::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    private volatile boolean refused;

    /** @param dir null saves nothing */
    Reproducers(@Nullable Path dir) {
        this.dir = dir;
        writer.allowCoreThreadTimeOut(true);
    }

    /** Files written by this run. */
    long saved() {
        return saved.get();
    }

    @Override
    public void onPacket(RawPacket packet) {
        Path into = dir;
        if (into != null) {
            byte[] capture = capture(packet);
            writer.execute(() -> save(into, packet.timestampNs(), capture));
        }
    }

    /** A capture file of one packet (draft-ietf-opsawg-pcap), with nanoseconds. */
    private static byte[] capture(RawPacket packet) {
        int length = Math.min(packet.capturedLength(), MAX_PACKET_BYTES);
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0);
        out.putInt(MAX_PACKET_BYTES).putInt(packet.linkType());
        out.putInt((int) (packet.timestampNs() / NS_PER_S)).putInt((int) (packet.timestampNs() % NS_PER_S));
        out.putInt(length).putInt(packet.wireLength());
        packet.bytes().getBytes(0, out.array(), HEAD_BYTES, length);
        return out.array();
    }

    private void save(Path into, long timestampNs, byte[] capture) {
        try {
            Files.createDirectories(into, ownersOnly("rwx------"));
            long files = count(into);
            if (files >= MAX_FILES) {
                refuse("there are " + files + " in " + into);
                return;
            }
            Path file = Files.createFile(into.resolve("failure-" + timestampNs + SUFFIX), ownersOnly("rw-------"));
            Files.write(file, capture, StandardOpenOption.WRITE);
            saved.incrementAndGet();
            LOG.info("reproducer_saved: {}", file);
        } catch (IOException e) {
            refuse(e.toString());
        }
    }

    private static long count(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).count();
        }
    }

    private static FileAttribute<?> ownersOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private void refuse(String why) {
        if (!refused) {
            refused = true;
            LOG.warn("reproducer_refused: {}; packets at which a dissector fails are saved no more", why);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "reproducers");
        thread.setDaemon(true);
        return thread;
    }

    /** Writes what waits, for a second at most. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("reproducer_refused: {} takes too long; the last packets are not saved", dir);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
