// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.check.Ethtool.State;
import io.dpiprobe.app.check.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceCheckTest {
    private static final State GOOD = new State(0, 0, 4096, 4096);

    @TempDir
    private Path dir;

    @Test
    void isContentWithAnInterfaceThatIsUpAndLeavesPacketsAlone() throws IOException {
        assertThat(check("0x1003", "up", GOOD)).allMatch(finding -> finding.grade() == Grade.OK);
    }

    @Test
    void saysWhatToDoAboutOneThatIsDownOrHasNoLink() throws IOException {
        assertThat(check("0x1002", "down", GOOD))
                .contains(Finding.error("interface", "eth9 is down", "bring it up: ip link set eth9 up"));
        assertThat(check("0x1003", "down", GOOD))
                .anyMatch(finding ->
                        finding.grade() == Grade.WARNING && finding.text().contains("no link"));
    }

    @Test
    void warnsOfOffloadsAndOfASmallRing() throws IOException {
        assertThat(remedies(new State(1, 1, 256, 4096)))
                .containsExactly("ethtool -K eth9 lro off", "ethtool -G eth9 rx 4096");
        assertThat(remedies(new State(1, 0, 256, 256)))
                .containsExactly("if packet counts matter: ethtool -K eth9 gro off");
        assertThat(remedies(State.NONE)).isEmpty();
    }

    @Test
    void warnsOfAnInterfaceThatIsNotPromiscuousIfThatIsNotWanted() throws IOException {
        write("0x1003", "up");
        InterfaceCheck check = new InterfaceCheck(dir, name -> GOOD);

        assertThat(check.run("eth9", false))
                .anyMatch(finding -> finding.remedy().contains("CAPTURE_PROMISCUOUS=true"));
        write("0x1103", "up");
        assertThat(check.run("eth9", false)).noneMatch(finding -> finding.grade() == Grade.WARNING);
        assertThat(check.run("any", true)).singleElement().matches(finding -> finding.grade() == Grade.WARNING);
    }

    @Test
    void missesAnInterfaceThatIsNotThere() {
        assertThat(new InterfaceCheck(dir, name -> GOOD).run("eth8", true))
                .singleElement()
                .matches(finding -> finding.grade() == Grade.ERROR);
    }

    @Test
    void doesNotTakeAHostWithoutSysForOneWithoutInterfaces() {
        assertThat(new InterfaceCheck(dir.resolve("sys"), name -> GOOD).run("eth9", true))
                .singleElement()
                .matches(finding -> finding.grade() == Grade.WARNING);
    }

    @Test
    void asksTheDriverOfTheLoopbackInterface() {
        assertThat(Ethtool.read("lo").gro()).isBetween(Ethtool.UNKNOWN, 1);
        assertThat(Ethtool.read("no-such-interface-at-all")).isEqualTo(State.NONE);
    }

    private List<String> remedies(State state) throws IOException {
        return check("0x1003", "up", state).stream()
                .map(Finding::remedy)
                .filter(remedy -> !remedy.isEmpty())
                .toList();
    }

    private List<Finding> check(String flags, String operation, State state) throws IOException {
        write(flags, operation);
        return new InterfaceCheck(dir, name -> state).run("eth9", true);
    }

    private void write(String flags, String operation) throws IOException {
        Path directory = Files.createDirectories(dir.resolve("eth9"));
        Files.writeString(directory.resolve("flags"), flags + "\n");
        Files.writeString(directory.resolve("operstate"), operation + "\n");
    }
}
