// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /** Our own code, not its tests, which other modules' tests find in a jar of their own. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.dpiprobe");

    private static final String[] PURE = {
        "io.dpiprobe.capture.packet..",
        "io.dpiprobe.capture.flow..",
        "io.dpiprobe.capture.stream..",
        "io.dpiprobe.capture.protocol..",
        "io.dpiprobe.capture.eve.."
    };

    @Test
    void bufferKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("io.dpiprobe.buffer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dpiprobe.capture..", "io.dpiprobe.transport..", "io.dpiprobe.app..")
                .check(CLASSES);
    }

    @Test
    void captureAndTransportKnowOnlyTheBuffer() {
        noClasses()
                .that()
                .resideInAPackage("io.dpiprobe.capture..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dpiprobe.transport..", "io.dpiprobe.app..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.dpiprobe.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dpiprobe.capture..", "io.dpiprobe.app..")
                .check(CLASSES);
    }

    @Test
    void fromPacketToEventThereAreNoFilesNoSocketsAndNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.net..", "java.util.concurrent..", "io.dpiprobe.capture.source..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        java.io.File.class,
                        java.io.FileInputStream.class,
                        java.io.FileOutputStream.class,
                        java.io.RandomAccessFile.class)
                .check(CLASSES);
    }

    @Test
    void fromPacketToEventThereIsNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void oneDissectorDoesNotKnowAnotherExceptWhatTravelsInsideIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.dpiprobe.capture.protocol.dns..",
                        "io.dpiprobe.capture.protocol.tls..",
                        "io.dpiprobe.capture.protocol.ssh..",
                        "io.dpiprobe.capture.protocol.dhcp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.dpiprobe.capture.protocol.http..",
                        "io.dpiprobe.capture.protocol.smb..",
                        "io.dpiprobe.capture.protocol.dcerpc..")
                .check(CLASSES);
    }
}
