// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.file;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a file is by its first bytes, in the words of file(1) as far as these bytes carry them: executables, archives,
 * documents, pictures, and what is carried off from Windows hosts. Keeps the head of one file at a time.
 */
final class FileMagic {
    /** Enough for the headers of an executable behind its DOS stub. */
    static final int HEAD_BYTES = 512;

    private static final int PE_POINTER = 0x3c;
    private static final int PE_SIGNATURE = 0x4550;
    private static final int DLL = 0x2000;
    private static final int GUI = 2;
    private static final int CONSOLE = 3;
    private static final int PDF_VERSION = 5;

    private static final List<Signature> SIGNATURES = List.of(
            text("PK\003\004", "Zip archive data"),
            text("PK\005\006", "Zip archive data (empty)"),
            text("Rar!\032\007", "RAR archive data"),
            hex("377abcaf271c", "7-zip archive data"),
            hex("1f8b08", "gzip compressed data"),
            text("BZh", "bzip2 compressed data"),
            hex("fd377a585a00", "XZ compressed data"),
            hex("28b52ffd", "Zstandard compressed data"),
            hex("04224d18", "LZ4 compressed data"),
            text("MSCF\0\0\0\0", "Microsoft Cabinet archive data"),
            hex("d0cf11e0a1b11ae1", "Composite Document File V2 Document"),
            text("{\\rtf", "Rich Text Format data"),
            hex("4c0000000114020000000000c000000000000046", "MS Windows shortcut"),
            text("regf", "MS Windows registry file, NT/2000 or above"),
            text("ElfFile\0", "MS Windows Vista Event Log"),
            text("MDMP\223\247", "Mini DuMP crash report"),
            text("PAGEDU64", "MS Windows 64bit crash dump"),
            text("PAGEDUMP", "MS Windows 32bit crash dump"),
            new Signature(4, "\357\315\253\211", "Extensible storage engine DataBase"),
            text("vhdxfile", "Microsoft Disk Image eXtended"),
            text("conectix", "Microsoft Disk Image, Virtual Server or Virtual PC"),
            text("KDMV", "VMware4 disk image"),
            text("!BDN", "Microsoft Outlook email folder"),
            text("ITSF\003", "MS Windows HtmlHelp Data"),
            text("SQLite format 3\0", "SQLite 3.x database"),
            text("\211PNG\r\n\032\n", "PNG image data"),
            hex("ffd8ff", "JPEG image data"),
            text("GIF87a", "GIF image data, version 87a"),
            text("GIF89a", "GIF image data, version 89a"),
            text("RIFF", "RIFF (little-endian) data"),
            new Signature(4, "ftyp", "ISO Media"),
            text("OggS", "Ogg data"),
            text("wOFF", "Web Open Font Format"),
            text("wOF2", "Web Open Font Format (Version 2)"),
            hex("cafebabe000000", "compiled Java class data"),
            text("dex\n", "Dalvik dex file"),
            text("#!", "script text executable"),
            text("<?xml", "XML document text"),
            text("<!DOCTYPE html", "HTML document"),
            text("<!doctype html", "HTML document"),
            text("<html", "HTML document"),
            text("<HTML", "HTML document"));

    /** Those at the beginning of a file, by their first byte: most files are none of them, which shows at once. */
    private static final Map<Byte, List<Signature>> BY_FIRST_BYTE = SIGNATURES.stream()
            .filter(each -> each.offset == 0)
            .collect(Collectors.groupingBy(each -> (byte) each.bytes.charAt(0)));
    /** Those further on. */
    private static final List<Signature> FURTHER_ON =
            SIGNATURES.stream().filter(each -> each.offset > 0).toList();

    private final byte[] bytes = new byte[HEAD_BYTES];
    private final UnsafeBuffer head = new UnsafeBuffer(bytes);
    private int length;

    /** @param bytes each as one character */
    private record Signature(int offset, String bytes, String description) {}

    void reset() {
        length = 0;
    }

    /** The next bytes of the file. */
    void add(Slice content) {
        int count = Math.min(content.length(), HEAD_BYTES - length);
        if (count > 0) {
            content.buffer().getBytes(content.offset(), bytes, length, count);
            length += count;
        }
    }

    /** Writes what the file is; nothing if its first bytes do not say. */
    void write(JsonWriter json) {
        if (startsWith("MZ")) {
            writeExecutable(json);
        } else if (startsWith("\177ELF") && length > 5) {
            json.beginText("magic")
                    .append(bytes[4] == 1 ? "ELF 32-bit" : "ELF 64-bit")
                    .append(bytes[5] == 1 ? " LSB" : " MSB")
                    .endText();
        } else if (startsWith("%PDF-") && length >= PDF_VERSION + 3 && isVersion(PDF_VERSION)) {
            json.beginText("magic").append("PDF document, version ");
            json.append((char) bytes[PDF_VERSION]).append('.').append((char) bytes[PDF_VERSION + 2]);
            json.endText();
        } else {
            writeSignature(json);
        }
    }

    private void writeSignature(JsonWriter json) {
        Signature found = find(BY_FIRST_BYTE.getOrDefault(bytes[0], List.of()));
        if (found == null) {
            found = find(FURTHER_ON);
        }
        if (found != null) {
            json.ascii("magic", found.description);
        }
    }

    private @Nullable Signature find(List<Signature> signatures) {
        for (Signature each : signatures) {
            if (isAt(each.offset, each.bytes)) {
                return each;
            }
        }
        return null;
    }

    /** Executables of Windows: the DOS header says where the PE header is (PE format, 3.1 to 3.4). */
    private void writeExecutable(JsonWriter json) {
        long header = u32(PE_POINTER);
        if (header < 0 || header + 0x5e > length || u32((int) header) != PE_SIGNATURE) {
            json.ascii("magic", "MS-DOS executable");
            return;
        }
        int at = (int) header;
        json.beginText("magic").append(u16(at + 0x18) == 0x20b ? "PE32+ executable" : "PE32 executable");
        if ((u16(at + 0x16) & DLL) != 0) {
            json.append(" (DLL)");
        }
        int subsystem = u16(at + 0x5c);
        json.append(subsystem == GUI ? " (GUI)" : subsystem == CONSOLE ? " (console)" : "");
        json.append(machine(u16(at + 4))).append(", for MS Windows").endText();
    }

    private static String machine(int number) {
        return switch (number) {
            case 0x14c -> " Intel 80386";
            case 0x8664 -> " x86-64";
            case 0xaa64 -> " Aarch64";
            case 0x1c4 -> " ARMv7 Thumb";
            default -> "";
        };
    }

    private boolean isVersion(int at) {
        return isDigit(bytes[at]) && bytes[at + 1] == '.' && isDigit(bytes[at + 2]);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private boolean startsWith(String latin1) {
        return isAt(0, latin1);
    }

    private boolean isAt(int offset, String latin1) {
        if (length < offset + latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if (bytes[offset + i] != (byte) latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int u16(int at) {
        return head.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }

    private long u32(int at) {
        return at + 4 <= length ? head.getInt(at, ByteOrder.LITTLE_ENDIAN) & 0xffffffffL : -1;
    }

    private static Signature text(String latin1, String description) {
        return new Signature(0, latin1, description);
    }

    private static Signature hex(String digits, String description) {
        return text(new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1), description);
    }
}
