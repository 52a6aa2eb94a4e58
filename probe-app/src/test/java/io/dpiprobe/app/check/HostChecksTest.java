// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.check.Clock.KernelStatus;
import io.dpiprobe.app.check.Finding.Grade;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.Fault;
import io.dpiprobe.app.core.ReferenceCore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void needsTheRightToCapture() throws Exception {
        Path status = Files.writeString(dir.resolve("status"), "Name:\tjava\nCapEff:\t0000000000002000\n");
        assertThat(Rights.check(status).grade()).isEqualTo(Grade.OK);

        Files.writeString(status, "CapEff:\t000001ffffffdfff\n");
        assertThat(Rights.check(status).grade()).isEqualTo(Grade.ERROR);

        assertThat(Rights.check(dir.resolve("none")).grade()).isEqualTo(Grade.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"ext4,OK", "xfs,OK", "tmpfs,WARNING", "overlay,WARNING", "nfs4,WARNING", "fuseblk,WARNING"})
    void knowsWhichFileSystemsABufferIsNotFor(String type, Grade grade) {
        assertThat(DiskCheck.kind(dir, type).grade()).isEqualTo(grade);
    }

    @Test
    void needsRoomForTheWholeBuffer() throws Exception {
        assertThat(DiskCheck.room(dir, 10 << 20, 10 << 20).grade()).isEqualTo(Grade.OK);
        assertThat(DiskCheck.room(dir, (10 << 20) - 1, 10 << 20))
                .isEqualTo(Finding.warning(
                        "disk",
                        dir + " has 9 MiB for the buffer, MAX_DISK_BUFFER_MB is 10",
                        "free some space, or lower MAX_DISK_BUFFER_MB"));
        assertThat(DiskCheck.run(Files.createFile(dir.resolve("file")).resolve("buffer"), 1, Files::getFileStore)
                        .get(0)
                        .grade())
                .isEqualTo(Grade.ERROR);
    }

    @Test
    void runsWhereTheFileSystemOfTheBufferIsNotInSight() {
        assertThat(DiskCheck.run(dir, 1, path -> {
                    throw new IOException("Mount point not found");
                }))
                .extracting(Finding::grade)
                .containsExactly(Grade.OK, Grade.WARNING);
    }

    @Test
    void needsHeapForTheFlowsThatMayCome() {
        long heap = MemoryCheck.BASE_BYTES + 1000L * MemoryCheck.BYTES_PER_FLOW;

        assertThat(MemoryCheck.check(heap, 1000).grade()).isEqualTo(Grade.OK);
        assertThat(MemoryCheck.check(heap, 1001).grade()).isEqualTo(Grade.WARNING);
        assertThat(MemoryCheck.check(1 << 20, 1).grade()).isEqualTo(Grade.WARNING);
    }

    @Test
    void trustsAClockThatIsSynchronisedAndAgreesWithCore() {
        assertThat(Clock.check(NOW, KernelStatus.SYNCHRONISED).grade()).isEqualTo(Grade.OK);
        assertThat(Clock.check(NOW, KernelStatus.NOT_SYNCHRONISED).grade()).isEqualTo(Grade.WARNING);
        assertThat(Clock.check(Instant.EPOCH, KernelStatus.SYNCHRONISED).grade())
                .isEqualTo(Grade.ERROR);
        assertThat(Clock.compare(NOW, NOW.minusSeconds(5)).grade()).isEqualTo(Grade.OK);
        assertThat(Clock.compare(NOW, NOW.plusSeconds(6)).grade()).isEqualTo(Grade.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"200,OK", "204,OK", "422,OK", "401,ERROR", "404,ERROR", "301,ERROR", "429,WARNING", "503,WARNING"})
    void knowsWhatCoreMeans(int status, Grade grade) {
        assertThat(CoreCheck.verdict(URI.create("http://core"), status).grade()).isEqualTo(grade);
    }

    @Test
    void asksCoreWithoutLeavingAnEvent() throws Exception {
        Path store = dir.resolve("store");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store))) {
            assertThat(check(core.url().toString()))
                    .noneMatch(finding -> finding.grade() == Grade.ERROR)
                    .anyMatch(finding -> finding.text().endsWith("takes events of this probe"));
        }
        assertThat(store).isEmptyFile();
    }

    @Test
    void tellsWhyCoreTakesNothing() throws Exception {
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null).withFaults(List.of(Fault.parse("401"))))) {
            assertThat(check(core.url().toString()))
                    .anyMatch(finding ->
                            finding.grade() == Grade.ERROR && finding.remedy().contains("CORE_TOKEN_FILE"));
        }
        assertThat(check("http://127.0.0.1:1"))
                .anyMatch(finding -> finding.text().contains("cannot be reached"));
        assertThat(check("http://no-such-host.invalid"))
                .anyMatch(finding -> finding.text().contains("is unknown"));
    }

    @Test
    void tellsOfATokenThatCannotBeRead() throws Exception {
        Configuration config =
                Configuration.read(Map.of("CORE_TOKEN_FILE", dir.resolve("none").toString()));

        assertThat(new CoreCheck(config, URI.create("http://127.0.0.1:1")).run())
                .anyMatch(finding ->
                        finding.grade() == Grade.ERROR && finding.text().contains("none"));
    }

    private static List<Finding> check(String core) throws Exception {
        Configuration config = Configuration.read(Map.of("CORE_API_URL", core));
        return new CoreCheck(config, URI.create(core)).run();
    }
}
