// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibraryPathTest {
    @Test
    void looksWhereDebianKeepsTheLibrariesOfAnArchitectureFirst() {
        assertThat(LibraryPath.directories("aarch64"))
                .startsWith("/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
                .contains("/usr/lib64", "/usr/local/lib");
    }

    @Test
    void looksInTheUsualPlacesOnOthers() {
        assertThat(LibraryPath.directories("riscv64"))
                .startsWith("/lib64")
                .noneMatch(path -> path.contains("linux-gnu"));
    }
}
