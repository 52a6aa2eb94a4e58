// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FileMagicTest {
    private final FileMagic magic = new FileMagic();

    @Test
    void namesWhatTheFirstBytesSay() {
        assertThat(of("PK\003\004....")).isEqualTo("{\"magic\":\"Zip archive data\"}");
        assertThat(of("%PDF-1.7\n%")).isEqualTo("{\"magic\":\"PDF document, version 1.7\"}");
        assertThat(of("regf\0\0\0\0")).isEqualTo("{\"magic\":\"MS Windows registry file, NT/2000 or above\"}");
        assertThat(of("MDMP\223\247\0\0")).isEqualTo("{\"magic\":\"Mini DuMP crash report\"}");
        assertThat(ofHex("00000000efcdab8920060000")).isEqualTo("{\"magic\":\"Extensible storage engine DataBase\"}");
        assertThat(ofHex("7f454c460201010000000000")).isEqualTo("{\"magic\":\"ELF 64-bit LSB\"}");
    }

    @Test
    void readsTheHeadersOfAnExecutable() {
        assertThat(of(executable(0x8664, 0x20b, 0x22, 2)))
                .isEqualTo("{\"magic\":\"PE32+ executable (GUI) x86-64, for MS Windows\"}");
        assertThat(of(executable(0x14c, 0x10b, 0x2102, 3)))
                .isEqualTo("{\"magic\":\"PE32 executable (DLL) (console) Intel 80386, for MS Windows\"}");
        assertThat(of("MZ and nothing else")).isEqualTo("{\"magic\":\"MS-DOS executable\"}");
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() {
        assertThat(of("plain text")).isEqualTo("{}");
        assertThat(of("")).isEqualTo("{}");
        assertThat(of("%PDF-")).isEqualTo("{}");
        assertThat(of("PK")).isEqualTo("{}");
    }

    @Test
    void putsTheHeadTogetherFromPieces() {
        magic.reset();
        magic.add(slice("P".getBytes(StandardCharsets.ISO_8859_1)));
        magic.add(slice("K\003".getBytes(StandardCharsets.ISO_8859_1)));
        magic.add(slice("\004".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(written()).isEqualTo("{\"magic\":\"Zip archive data\"}");
    }

    @Test
    void survivesExecutablesThatPointAnywhere() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] file = new byte[random.nextInt(FileMagic.HEAD_BYTES * 2)];
            random.nextBytes(file);
            ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            if (file.length >= 2) {
                header.putShort(0, (short) 0x5a4d);
            }
            if (file.length >= 0x40 && i % 2 == 0) {
                header.putInt(0x3c, random.nextInt(FileMagic.HEAD_BYTES + 20) - 10);
            }

            assertThat(of(file)).startsWith("{").endsWith("}");
        }
    }

    private static byte[] executable(int machine, int optionalMagic, int characteristics, int subsystem) {
        ByteBuffer file = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(0, (short) 0x5a4d).putInt(0x3c, 0x80).putInt(0x80, 0x4550);
        file.putShort(0x84, (short) machine).putShort(0x96, (short) characteristics);
        file.putShort(0x98, (short) optionalMagic).putShort(0xdc, (short) subsystem);
        return file.array();
    }

    private String ofHex(String digits) {
        return of(HexFormat.of().parseHex(digits));
    }

    private String of(String latin1) {
        return of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String of(byte[] file) {
        magic.reset();
        magic.add(slice(file));
        return written();
    }

    private String written() {
        JsonWriter json = new JsonWriter().clear().beginObject();
        magic.write(json);
        json.endObject();
        return new String(json.bytes(), 0, json.length(), StandardCharsets.US_ASCII);
    }

    private static Slice slice(byte[] bytes) {
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
