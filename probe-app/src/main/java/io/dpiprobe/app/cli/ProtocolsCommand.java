// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import picocli.CommandLine.Command;

/** Prints which protocols are dissected. */
@Command(
        name = "protocols",
        description = "Lists the protocols that are dissected: where they are looked for, and the events they make.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  dpi-probe protocols", "  dpi-probe protocols --markdown > docs/protocols.md"})
final class ProtocolsCommand extends PageCommand {
    ProtocolsCommand() {
        super(ProtocolsPage::text, ProtocolsPage::markdown);
    }
}
