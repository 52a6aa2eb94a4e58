// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dpiprobe.buffer.BufferStats.DiskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fills small file systems that the test mounts, one in memory and an ext4 in a file; needs root. */
class DiskFullTest {
    @TempDir
    private Path work;

    private Path temp = Path.of("");

    /** The file systems to fill. */
    enum Kind {
        TMPFS,
        EXT4
    }

    @BeforeEach
    void makeMountPoint() throws IOException {
        temp = Files.createDirectory(work.resolve("mounted"));
    }

    private void mount(Kind kind) throws Exception {
        if (kind == Kind.TMPFS) {
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", temp.toString()),
                    "mounting a tmpfs needs root (CAP_SYS_ADMIN)");
            return;
        }
        String image = work.resolve("image").toString();
        assumeTrue(
                run("truncate", "-s", "28m", image)
                        && run("mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^has_journal", image)
                        && run("mount", "-o", "loop", image, temp.toString()),
                "an ext4 image needs mkfs.ext4, root and a loop device");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", temp.toString());
    }

    @ParameterizedTest
    @EnumSource
    void staysInMemoryWhileTheDiskIsFullAndGoesOnWhenThereIsRoom(Kind kind) throws Exception {
        mount(kind);
        Path other = temp.resolve("somebody-elses");
        try (Probe probe = new Probe(temp.resolve("buffer"))) {
            Files.write(other, new byte[20 << 20]);
            probe.offer(Lane.HIGH, 3000);
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().diskState()).isEqualTo(DiskState.DISK_FULL);
            assertThat(probe.ledger().lane(Lane.HIGH).inMemory()).isEqualTo(3000);

            Files.delete(other);
            probe.advance(Duration.ofSeconds(1));
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().diskState()).isEqualTo(DiskState.READY);
            assertThat(probe.ledger().lane(Lane.HIGH).onDisk()).isEqualTo(3000);
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(3000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingUncountedWhenBothAreFull(Kind kind) throws Exception {
        mount(kind);
        try (Probe probe = new Probe(temp.resolve("buffer"))) {
            for (int i = 0; i < 60; i++) {
                probe.offer(Lane.NORMAL, 1000);
                probe.spillWithCoreAway();
            }
            LaneLedger ledger = probe.ledger().lane(Lane.NORMAL);
            assertThat(ledger.dropped(DropReason.MEMORY_FULL)).isPositive();
            long kept = 60_000 - ledger.droppedTotal();
            assertThat(probe.deliver(Lane.NORMAL)).hasSize((int) kept).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesAFloorOfFreeSpace(Kind kind) throws Exception {
        mount(kind);
        try (Probe probe = new Probe(temp.resolve("buffer"))) {
            for (int i = 0; i < 60; i++) {
                probe.offer(Lane.NORMAL, 1000);
                probe.spillWithCoreAway();
            }
            assertThat(probe.buffer().stats().dirAvailableBytes())
                    .isGreaterThanOrEqualTo(Files.getFileStore(temp).getTotalSpace() / 20);
        }
    }

    private static List<Long> seqs(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
