// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import java.util.Arrays;

/** Makes ClientHellos for tests: {@code HelloBytes.offering(0x0303, "1301 c02b").extension(0x002b, "020304").message()}. */
final class HelloBytes {
    private final int legacyVersion;
    private final String suites;
    private final StringBuilder extensions = new StringBuilder();

    private HelloBytes(int legacyVersion, String suites) {
        this.legacyVersion = legacyVersion;
        this.suites = suites.replaceAll("[ ,]", "");
    }

    /** A hello with cipher suites, in hexadecimal with blanks or commas between them. */
    static HelloBytes offering(int legacyVersion, String suites) {
        return new HelloBytes(legacyVersion, suites);
    }

    /** Adds an extension; {@code body} is hexadecimal. */
    HelloBytes extension(int type, String body) {
        extensions.append("%04x%04x".formatted(type, body.length() / 2)).append(body);
        return this;
    }

    /** Adds extensions whose content does not matter, or for which any will do. */
    HelloBytes extensions(String types) {
        Arrays.stream(types.split(",")).forEach(type -> extension(Integer.parseInt(type, 16), bodyOf(type)));
        return this;
    }

    private static String bodyOf(String type) {
        return switch (type) {
            case "0000" -> "000e00000b6578616d706c652e636f6d"; // example.com
            case "000a" -> "0002001d";
            case "000b" -> "0100";
            default -> "";
        };
    }

    /** The body of the message. */
    String body() {
        return "%04x".formatted(legacyVersion)
                + "00".repeat(32)
                + "00" // no session id
                + vector(suites)
                + "0100"
                + (extensions.isEmpty() ? "" : vector(extensions.toString()));
    }

    /** The handshake message. */
    String message() {
        return TlsDissectorTest.message(1, body());
    }

    /** The message in a record of its own. */
    byte[] record() {
        return TlsDissectorTest.record(22, message());
    }

    /** Hexadecimal behind its length in two bytes. */
    static String vector(String hex) {
        return "%04x".formatted(hex.length() / 2) + hex;
    }
}
