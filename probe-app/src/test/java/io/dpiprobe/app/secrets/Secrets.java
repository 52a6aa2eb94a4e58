// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;

/** Files with secrets that are known again wherever they turn up. */
final class Secrets {
    /** Of every secret that somebody made up; no other text has it. */
    static final String MARK = "5ecre7";

    static final String CORE_TOKEN = "core-" + MARK + "-token";
    static final String MANAGEMENT_TOKEN = "management-" + MARK + "-token";
    static final String PASSWORD = "pass-" + MARK + "-word";
    private static final int PEM_LINE = 64;

    private final Path dir;
    private final List<String> known = new ArrayList<>(List.of(MARK));
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();

    Secrets(Path dir) throws IOException {
        this.dir = Files.createDirectories(dir);
    }

    Path dir() {
        return dir;
    }

    Path coreToken() throws IOException {
        return write("core-token", CORE_TOKEN + "\n");
    }

    Path managementToken() throws IOException {
        return write("management-token", MANAGEMENT_TOKEN + "\n");
    }

    Path certificate() throws IOException {
        return write("certificate.pem", certificate.certificatePem());
    }

    Path key() throws IOException {
        return key("key.pem", certificate.privateKeyPkcs8Pem());
    }

    /** A key file whose every line is a secret from now on. */
    Path key(String name, String pem) throws IOException {
        Arrays.stream(pem.split("\n"))
                .filter(line -> !line.startsWith("-") && line.length() > PEM_LINE / 4)
                .forEach(known::add);
        return write(name, pem);
    }

    Path write(String name, String text) throws IOException {
        Path file = Files.writeString(dir.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    void assertNotIn(String where, String text) {
        assertThat(text).as(where).doesNotContain(known);
    }

    /** Looks into every file below a directory, whatever it is. */
    void assertNotInFiles(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNotIn(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }
}
