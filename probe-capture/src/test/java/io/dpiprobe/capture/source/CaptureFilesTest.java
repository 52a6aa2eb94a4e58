// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFilesTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final byte[] ABC = {'a', 'b', 'c'};
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path dir;

    private Path file;
    private final List<SeenPacket> seen = new ArrayList<>();

    @BeforeEach
    void nameFile() {
        file = dir.resolve("some.pcap");
    }

    @ParameterizedTest
    @CsvSource({
        "BIG_ENDIAN, a1b2c3d4, 1000",
        "LITTLE_ENDIAN, a1b2c3d4, 1000",
        "BIG_ENDIAN, a1b23c4d, 1",
        "LITTLE_ENDIAN, a1b23c4d, 1",
        "BIG_ENDIAN, a1b2cd34, 1000",
        "LITTLE_ENDIAN, a1b2cd34, 1000"
    })
    void readsEveryKindOfPcap(String order, String magic, int nsPerFraction) throws IOException {
        PcapBytes pcap = new PcapBytes(order(order), Integer.parseUnsignedInt(magic, 16), 1)
                .packet(7, 5, ABC)
                .packet(-1, 999, 1, 60, (byte) 'x');

        read(pcap.bytes());

        assertThat(seen)
                .containsExactly(
                        packet(7 * SECOND + 5L * nsPerFraction, 3, 1, "abc"),
                        packet(0xffffffffL * SECOND + 999L * nsPerFraction, 60, 1, "x"));
    }

    @Test
    void masksTheFrameCheckSequenceOutOfTheLinkType() throws IOException {
        read(new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 0x24000071)
                .packet(0, 0, ABC)
                .bytes());

        assertThat(seen.get(0).linkType()).isEqualTo(0x71);
    }

    @Test
    void believesTheCapturedLengthWhenTheOriginalIsSmaller() throws IOException {
        read(new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1)
                .packet(0, 0, 3, 1, ABC)
                .bytes());

        assertThat(seen).containsExactly(packet(0, 3, 1, "abc"));
    }

    @ParameterizedTest
    @CsvSource({"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void readsEveryKindOfPcapngBlock(String order) throws IOException {
        PcapngBytes pcapng = new PcapngBytes().section(order(order));
        pcapng.block(0x0bad, pcapng.body(8)).networkInterface(1, 2).networkInterface(113, 9, 100);
        pcapng.enhancedPacket(0, 0x5_0000_0001L, 70, ABC)
                .obsoletePacket(1, 42, ABC)
                .simplePacket(3, ABC);

        read(pcapng.bytes());

        assertThat(seen)
                .containsExactly(
                        packet(0x5_0000_0001L * 1000, 70, 1, "abc"),
                        packet(100 * SECOND + 42, 3, 113, "abc"),
                        packet(100 * SECOND + 42, 3, 1, "ab"));
    }

    @Test
    void forgetsTheInterfacesOfTheSectionBefore() throws IOException {
        PcapngBytes pcapng = new PcapngBytes().section(LITTLE).networkInterface(1, 0);
        pcapng.enhancedPacket(0, 1, 3, ABC).section(ByteOrder.BIG_ENDIAN).networkInterface(101, 0);
        pcapng.enhancedPacket(0, 2, 3, ABC).section(LITTLE);
        int broken = pcapng.length();
        pcapng.enhancedPacket(0, 3, 3, ABC);

        CaptureFileException failure = catchThrowableOfType(CaptureFileException.class, () -> read(pcapng.bytes()));

        assertThat(seen).containsExactly(packet(1000, 3, 1, "abc"), packet(2000, 3, 101, "abc"));
        assertThat(failure).hasMessageContaining("names interface 0, which is not described");
        assertThat(failure.offset()).isEqualTo(broken);
        assertThat(failure.file()).isEqualTo(file.toString());
    }

    @Test
    void refusesWhatIsNoCaptureFile() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(CaptureFileException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read("#!/bin/sh\necho hello, I am no capture\n"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(CaptureFileException.class)
                .hasMessageContaining("not a pcap or pcapng file");
        assertThatThrownBy(() -> CaptureFiles.open(dir))
                .isInstanceOf(CaptureFileException.class)
                .hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> CaptureFiles.open(file.resolveSibling("absent")))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    @Tag("limit:PacketReader.MAX_PACKET_BYTES")
    void refusesAPacketOfAbsurdLength() {
        PcapBytes pcap = new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1).packet(0, 0, ABC);
        int broken = pcap.length();
        pcap.packet(0, 0, -2, 60, ABC);

        CaptureFileException failure = catchThrowableOfType(CaptureFileException.class, () -> read(pcap.bytes()));

        assertThat(failure).hasMessageContaining("4294967294 bytes cannot be");
        assertThat(failure.offset()).isEqualTo(broken);
        assertThat(seen).hasSize(1);
    }

    @Test
    void readsWhatIsBeforeTheCutOfAPcap() throws IOException {
        PcapBytes pcap = new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1);
        List<Integer> ends = new ArrayList<>(List.of(pcap.length()));
        for (int i = 0; i < 3; i++) {
            ends.add(pcap.packet(i, 0, ABC).length());
        }
        readsWhatIsBeforeEachCut(pcap.bytes(), ends, 0);
    }

    @Test
    void readsWhatIsBeforeTheCutOfAPcapng() throws IOException {
        PcapngBytes pcapng = new PcapngBytes();
        List<Integer> ends = new ArrayList<>(List.of(pcapng.section(LITTLE).length()));
        ends.add(pcapng.networkInterface(1, 6, 0).length());
        ends.add(pcapng.enhancedPacket(0, 1, 3, ABC).length());
        ends.add(pcapng.simplePacket(3, ABC).length());
        ends.add(pcapng.obsoletePacket(0, 1, ABC).length());
        readsWhatIsBeforeEachCut(pcapng.bytes(), ends, 1);
    }

    /** @param preamble how many of the ends come before the first packet's own, the first excepted */
    private void readsWhatIsBeforeEachCut(byte[] whole, List<Integer> ends, int preamble) throws IOException {
        for (int cut = 0; cut < whole.length; cut++) {
            seen.clear();
            int length = cut;
            byte[] part = java.util.Arrays.copyOf(whole, length);
            long complete = ends.stream().filter(end -> end <= length).count() - 1;
            if (ends.contains(cut)) {
                read(part);
            } else {
                assertThatThrownBy(() -> read(part)).as("cut at " + cut).isInstanceOf(CaptureFileException.class);
            }
            assertThat(seen).as("cut at " + cut).hasSize((int) Math.max(0, complete - preamble));
        }
    }

    @Test
    void saysNothingMoreAfterAFailure() throws IOException {
        Files.write(
                file,
                new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1)
                        .packet(0, 0, 9, 9, ABC)
                        .bytes());
        try (PacketSource source = CaptureFiles.open(file)) {
            assertThatThrownBy(() -> source.poll(packet -> {}, 1)).isInstanceOf(CaptureFileException.class);
            assertThat(source.isExhausted()).isTrue();
            assertThat(source.poll(packet -> {}, 1)).isZero();
        }
    }

    @Test
    void movesItsWindowThroughAFileThatIsLarger() throws IOException {
        PcapBytes pcap = new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1);
        for (int i = 0; i < 500; i++) {
            pcap.packet(i, 0, new byte[i]);
        }
        Files.write(file, pcap.bytes());
        try (PacketSource source = CaptureFiles.open(file, 100)) {
            SeenPacket.drain(source, seen);
            assertThat(source.counters()).isEqualTo(new SourceCounters(500, 499 * 500 / 2, 0, 0));
        }
        for (int i = 0; i < 500; i++) {
            assertThat(seen.get(i).bytes()).hasSize(i);
            assertThat(seen.get(i).timestampNs()).isEqualTo(i * SECOND);
        }
    }

    @Test
    void allocatesNothingPerPacket() throws IOException {
        PcapBytes pcap = new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1);
        for (int i = 0; i < 10_000; i++) {
            pcap.packet(i, 0, ABC);
        }
        Files.write(file, pcap.bytes());
        var thread = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        PacketHandler handler = packet -> {};
        try (PacketSource source = CaptureFiles.open(file)) {
            source.poll(handler, 1000);
            long before = thread.getCurrentThreadAllocatedBytes();
            while (!source.isExhausted()) {
                source.poll(handler, 1);
            }
            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(9000);
        }
    }

    /** The second half lies behind 3 GiB that take no room on the disk. */
    @Test
    void readsBehindTwoGibibytes() throws IOException {
        byte[] head = new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1).bytes();
        int hole = 200 << 20;
        byte[] header = new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1)
                .packet(0, 0, hole, hole)
                .bytes();
        byte[] record = java.util.Arrays.copyOfRange(header, head.length, header.length);
        try (var out = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            for (int i = 0; i < 16; i++) {
                out.write(record);
                out.seek(out.getFilePointer() + hole);
            }
            out.write(
                    new PcapBytes(LITTLE, PcapBytes.MICROSECONDS, 1)
                            .packet(9, 0, ABC)
                            .bytes(),
                    24,
                    19);
        }
        List<Long> times = new ArrayList<>();
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll(packet -> times.add(packet.timestampNs()), 5);
            }
            assertThat(source.counters().capturedBytes()).isEqualTo(16L * hole + 3);
        }
        assertThat(times).hasSize(17).last().isEqualTo(9 * SECOND);
    }

    private void read(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (PacketSource source = CaptureFiles.open(file)) {
            SeenPacket.drain(source, seen);
        }
    }

    private static ByteOrder order(String name) {
        return name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : LITTLE;
    }

    private static SeenPacket packet(long timestampNs, int wireLength, int linkType, String bytes) {
        List<Byte> list = bytes.chars().mapToObj(each -> (byte) each).toList();
        return new SeenPacket(timestampNs, wireLength, linkType, list);
    }

    @Test
    @Tag("limit:PcapngReader.MAX_INTERFACES")
    void refusesMoreInterfacesThanAnyHostHas() {
        byte[] head = new PcapngBytes().section(LITTLE).networkInterface(1, 0).bytes();
        int length = 20;
        ByteBuffer all = ByteBuffer.allocate(head.length + 65_536 * length).put(head);
        for (int i = 0; i < 65_536; i++) {
            all.put(head, head.length - length, length);
        }

        assertThatThrownBy(() -> read(all.array())).hasMessageContaining("more than 65536 interfaces");
    }
}
