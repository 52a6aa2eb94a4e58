// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class CaptureFilesFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void survivesAnyPcapng(byte[] data) throws IOException {
        byte[] head = new PcapngBytes()
                .section(java.nio.ByteOrder.LITTLE_ENDIAN)
                .networkInterface(1, 0)
                .bytes();
        read(join(head, data));
    }

    @FuzzTest(maxDuration = "30s")
    void survivesAnyPcap(byte[] data) throws IOException {
        read(join(new PcapBytes(java.nio.ByteOrder.LITTLE_ENDIAN, PcapBytes.NANOSECONDS, 1).bytes(), data));
    }

    @FuzzTest(maxDuration = "30s")
    void survivesAnyFile(byte[] data) throws IOException {
        read(data);
    }

    private static void read(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".pcap");
        try {
            Files.write(file, bytes);
            readAll(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Every byte of every packet is touched. */
    private static void readAll(Path file) throws IOException {
        long[] sum = {0};
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll(packet -> sum[0] += SeenPacket.of(packet).bytes().size(), 100);
            }
            assert sum[0] <= Files.size(file);
        } catch (CaptureFileException e) {
            assert e.offset() <= Files.size(file);
        }
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] all = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
