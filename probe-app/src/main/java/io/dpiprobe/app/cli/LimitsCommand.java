// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import picocli.CommandLine.Command;

/** Prints every bound. */
@Command(
        name = "limits",
        description = "Lists every bound: its value, what happens when it is reached, and what shows it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  dpi-probe limits", "  dpi-probe limits --markdown > docs/limits.md"})
final class LimitsCommand extends PageCommand {
    LimitsCommand() {
        super(LimitsPage::text, LimitsPage::markdown);
    }
}
